import { build } from './setup/build.mjs'
import { command, enableTypeScript } from './setup/command.mjs'
import { generateClient, installPackages } from './setup/set-up.mjs'

const say = (line) => console.log(line)

command(async () => {
  await installPackages(say)
  await enableTypeScript()
  const { launch } = await import('./launcher/launch.ts')
  return launch({
    say,
    dev: false,
    prepare: async () => {
      await generateClient(say)
      await build(say)
    },
  })
})

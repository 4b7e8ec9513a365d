import { build } from './setup/build.mjs'
import { command } from './setup/command.mjs'
import { generateClient, installPackages } from './setup/set-up.mjs'

const say = (line) => console.log(line)

command(async () => {
  await installPackages(say)
  await generateClient(say)
  await build(say)
  return 0
})

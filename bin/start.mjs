import { build } from './setup/build.mjs'
import { command } from './setup/command.mjs'
import { generateClient } from './setup/set-up.mjs'

command(
  async (say) => {
    const { launch } = await import('./launcher/launch.ts')
    const prepare = async () => {
      await generateClient(say)
      await build(say)
    }
    return launch({ say, dev: false, prepare })
  },
  { client: false },
)

import { command } from './setup/command.mjs'
import { generateClient } from './setup/set-up.mjs'

command(
  async (say) => {
    const { launch } = await import('./launcher/launch.ts')
    return launch({ say, dev: true, prepare: () => generateClient(say) })
  },
  { client: false },
)

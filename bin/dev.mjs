import { command } from './setup/command.mjs'
import { generateClient } from './setup/set-up.mjs'

command(
  async (say, args) => {
    const { launch } = await import('./launcher/launch.ts')
    const { develop } = await import('./dev/develop.ts')
    return launch({
      say,
      mode: 'development',
      prepare: () => generateClient(say),
      start: (launched) => develop(launched, args),
    })
  },
  { client: false },
)

import { build } from './setup/build.mjs'
import { command } from './setup/command.mjs'
import { generateClient } from './setup/set-up.mjs'

const READY_LIMIT_MS = 60_000

command(
  async (say) => {
    const { launch } = await import('./launcher/launch.ts')
    const { start } = await import('./launcher/start.ts')
    return launch({
      say,
      mode: 'production',
      async prepare() {
        await generateClient(say)
        await build(say)
      },
      start,
      readyLimitMs: READY_LIMIT_MS,
    })
  },
  { client: false },
)

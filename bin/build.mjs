import { command } from './setup/command.mjs'

command(async () => 0, { built: true })

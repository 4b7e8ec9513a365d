import { command } from './setup/command.mjs'

command(async (_say, [type]) => (await import('./job-types/new.ts')).newJob(type), {
  say: console.error,
  client: false,
})

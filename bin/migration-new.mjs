import { command } from './setup/command.mjs'

command(async (_say, [name]) => (await import('./migrations/new.ts')).newMigration(name), {
  say: console.error,
  client: false,
})

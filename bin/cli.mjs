import { command } from './setup/command.mjs'

command(async () => (await import('./cli/main.ts')).main(process.argv), {
  // stdout is for the command's one JSON value.
  say: console.error,
  dev: false,
})

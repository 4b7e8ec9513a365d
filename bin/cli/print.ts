import type { Command } from 'commander'
import type { Config } from '@/lib/config/parse'
import { withDatabase } from './database'

/** Has a command print what `work` answers, the database at hand. */
export function answer<Args extends unknown[]>(
  command: Command,
  config: Config,
  work: (...args: Args) => Promise<unknown>,
): void {
  command.action((...args: Args) => withDatabase(config, async () => print(await work(...args))))
}

/** Writes a command's answer: one JSON value. */
export function print(value: unknown): void {
  process.stdout.write(`${withoutControls(JSON.stringify(value, null, 2))}\n`)
}

/** JSON leaves these as they are, and a terminal may take them for commands. */
function withoutControls(json: string): string {
  const escaped = (control: string) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`
  return json.replace(/[\u007f-\u009f]/g, escaped)
}

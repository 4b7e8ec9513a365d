import type { Command } from 'commander'
import type { Config } from '@/lib/config/parse'
import { migrate } from '@/lib/db/migrate'
import { withDatabase } from '../database'
import { print } from '../print'
import { registerJob } from './job'
import { registerKey } from './key'
import { registerPause } from './pause'
import { registerQueue } from './queue'
import { registerUser } from './user'

/** Adds a group of commands to the program. */
export type Register = (program: Command, config: Config) => void

/** `migrate`: brings the database up to date. */
const registerMigrate: Register = (program, config) => {
  program
    .command('migrate')
    .description('bring the database up to date; print what was applied')
    .action(() => withDatabase(config, async (url) => print(await migrate(url))))
}

/** Every group of commands; a new one is a file here and a line in this list. */
export const commands: readonly Register[] = [
  registerMigrate,
  registerUser,
  registerKey,
  registerJob,
  registerQueue,
  registerPause,
]

import { migrate } from '@/lib/db/migrate'
import { withDatabase } from '../database'
import { print } from '../print'
import type { Register } from './index'

/** `migrate`: brings the database up to date. */
export const registerMigrate: Register = (program, config) => {
  program
    .command('migrate')
    .description('bring the database up to date; print what was applied')
    .action(() => withDatabase(config, async (url) => print(await migrate(url))))
}

import type { Command } from 'commander'
import type { Config } from '@/lib/config/parse'
import { registerJob } from './job'
import { registerKey } from './key'
import { registerMigrate } from './migrate'
import { registerPause } from './pause'
import { registerQueue } from './queue'
import { registerUser } from './user'

/** Adds a group of commands to the program. */
export type Register = (program: Command, config: Config) => void

/** Every group of commands; a new one is a file here and a line in this list. */
export const commands: readonly Register[] = [
  registerMigrate,
  registerUser,
  registerKey,
  registerJob,
  registerQueue,
  registerPause,
]

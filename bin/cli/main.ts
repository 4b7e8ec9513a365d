import { Command, CommanderError } from 'commander'
import { readEnvironment } from '../launcher/environment'
import { Refusal, reason } from '../refusal'
import { root } from '../setup/root.mjs'
import { commands } from './commands/index'

/**
 * Runs one command line: one JSON value on stdout, or one line on stderr.
 * @returns the exit code
 */
export async function main(argv: string[]): Promise<number> {
  const config = readEnvironment(root)
  const program = new Command('millrace').description('Operates Millrace from the command line.')
  program.exitOverride()
  for (const register of commands) register(program, config)
  // Subcommands are separate objects: each has to throw instead of ending the process.
  for (const command of descendants(program)) command.exitOverride()
  try {
    await program.parseAsync(argv)
    return 0
  } catch (error) {
    // Commander has printed its help or its complaint already.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 1
    if (error instanceof Refusal) throw error
    throw new Refusal(reason(error) || 'The command failed.')
  }
}

function descendants(command: Command): Command[] {
  return command.commands.flatMap((child) => [child, ...descendants(child)])
}

import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { Refusal, reason } from '@/bin/refusal'

const HIGHEST_SEED = 1_000_000

/** What a person wants the fault suite to do. */
export type Wanted = {
  /** Parts of the names of cells; none: all. */
  names: string[]
  /** Also the cells that take minutes each. */
  long: boolean
  /** The seeds each cell runs with. */
  seeds: number[]
  /** Runs the soak for so many minutes; 0: the other cells. */
  soakMinutes: number
}

/**
 * Reads the arguments of `npm run chaos --`.
 * @throws {Refusal} that says what was expected
 */
export function readArguments(args: string[]): Wanted {
  const { values, positionals } = parsed(args)
  const first = values.seed === undefined ? randomInt(HIGHEST_SEED) : whole('seed', values.seed, 0)
  const count = whole('seeds', values.seeds, 1)
  return {
    names: positionals,
    long: values.long,
    seeds: Array.from({ length: count }, (_, at) => first + at),
    soakMinutes: whole('soak', values.soak, 0),
  }
}

function parsed(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        long: { type: 'boolean', default: false },
        seed: { type: 'string' },
        seeds: { type: 'string', default: '1' },
        soak: { type: 'string', default: '0' },
      },
    })
  } catch (error) {
    throw new Refusal(reason(error))
  }
}

function whole(name: string, text: string, least: number): number {
  const number = Number(text)
  if (Number.isSafeInteger(number) && number >= least) return number
  throw new Refusal(`--${name}: expected a whole number of ${least} or more`)
}

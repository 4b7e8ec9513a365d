import type { JobContext } from '@/workers/runtime/handler'

/** What a developer's handler may do that no type forbids. */
type Oddity = (context: JobContext<unknown>) => unknown

function deep(levels: number): unknown {
  let value: unknown = 1
  for (let level = 0; level < levels; level++) value = [value]
  return value
}

function circular(): unknown {
  const value: Record<string, unknown> = {}
  value.self = value
  return value
}

function thrown(value: unknown): Oddity {
  return () => {
    throw value
  }
}

/** An error with a property of another kind than errors have. */
function errorWith(name: string, value: unknown): Error {
  const error = new Error('It failed')
  Object.defineProperty(error, name, { value })
  return error
}

const results: Record<string, Oddity> = {
  'returns-nothing': () => undefined,
  'returns-null': () => null,
  'returns-bigint': () => ({ count: 10n }),
  'returns-circular': circular,
  'returns-function': () => () => 1,
  'returns-symbol': () => Symbol('odd'),
  'returns-throwing-json': () => ({
    toJSON() {
      throw new Error('No JSON of me')
    },
  }),
  'returns-throwing-getter': () => ({
    get value() {
      throw new Error('Nobody gets me')
    },
  }),
  'returns-deep': () => deep(5_000),
  'returns-nul': () => 'a\0b\ud800',
}

const errors: Record<string, Oddity> = {
  'throws-nothing': thrown(undefined),
  'throws-text': thrown('broken'),
  'throws-no-prototype': thrown(Object.create(null)),
  'throws-symbol': thrown(Symbol('odd')),
  'throws-number-message': thrown(errorWith('message', 42)),
  'throws-object-stack': thrown(errorWith('stack', { at: 1 })),
  'throws-bigint-name': thrown(errorWith('name', 10n)),
  'throws-long': thrown(new Error('long '.repeat(1_000_000))),
}

const reports: Record<string, Oddity> = {
  'logs-object': ({ log }) => Reflect.apply(log, undefined, [{ a: 1 }]),
  'logs-nothing': ({ log }) => Reflect.apply(log, undefined, []),
  'progress-nan': ({ progress }) => progress(Number.NaN),
  'progress-text': ({ progress }) => Reflect.apply(progress, undefined, ['half', 10n]),
}

const all: ReadonlyMap<string, Oddity> = new Map(
  Object.entries({ ...results, ...errors, ...reports }),
)

export const oddityNames: readonly string[] = [...all.keys()]

/** Does the odd thing of this name. @throws what it throws */
export function beOdd(name: string, context: JobContext<unknown>): unknown {
  const oddity = all.get(name)
  if (!oddity) throw new Error(`Nothing odd is called ${name}`)
  return oddity(context)
}

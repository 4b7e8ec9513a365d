// What JavaScript lets anybody return or throw: each has broken code that meant to record it.

/** As deep as asked, `{"a":{"a":…}}`. */
export function nested(levels: number): unknown {
  let value: unknown = 1
  for (let level = 0; level < levels; level++) value = { a: value }
  return value
}

function circular(): unknown {
  const self: Record<string, unknown> = { name: 'loop' }
  self.self = self
  return self
}

/** Few objects, each in the next one twice: a million parts once they are written. */
function doubled(times: number): unknown {
  let value: unknown = ['x']
  for (let time = 0; time < times; time++) value = [value, value]
  return value
}

function revoked(): unknown {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy
}

const refuse = () => {
  throw new TypeError('not to be looked at')
}

function hostile(target: object): unknown {
  return new Proxy(target, {
    get: refuse,
    has: refuse,
    ownKeys: refuse,
    getPrototypeOf: refuse,
    getOwnPropertyDescriptor: refuse,
  })
}

function withGetters(target: object, ...names: string[]): unknown {
  for (const name of names) Object.defineProperty(target, name, { get: refuse, enumerable: true })
  return target
}

function error(changes: Record<string, unknown>): unknown {
  return Object.defineProperties(
    new Error('odd'),
    Object.fromEntries(Object.entries(changes).map(([name, value]) => [name, { value }])),
  )
}

function circularCause(): unknown {
  const cause = new Error('round')
  cause.cause = cause
  return cause
}

/** Values whose JSON is another than they, or that have none. */
export const oddValues: Record<string, () => unknown> = {
  undefined: () => undefined,
  null: () => null,
  'an empty text': () => '',
  'a BigInt': () => 10n,
  'a BigInt in an object': () => ({ count: 10n }),
  'a function': () => () => 1,
  'a symbol': () => Symbol('odd'),
  NaN: () => Number.NaN,
  'minus infinity': () => Number.NEGATIVE_INFINITY,
  'a circle': circular,
  'a toJSON that throws': () => ({ toJSON: refuse }),
  'a toJSON without an answer': () => ({ toJSON: () => undefined }),
  'getters that throw': () => withGetters({}, 'a', 'message', 'code', 'options'),
  'a proxy that refuses everything': () => hostile({}),
  'a revoked proxy': revoked,
  'an object without prototype': () => Object.assign(Object.create(null), { message: 5 }),
  'a toString that throws': () => ({ toString: refuse, [Symbol.toPrimitive]: refuse }),
  'a toStringTag that throws': () => withGetters({}, 'constructor'),
  '5,000 levels': () => nested(5_000),
  '100,000 levels': () => nested(100_000),
  'a million parts': () => doubled(30),
  'a text of 5 MB': () => 'x'.repeat(5_000_000),
  'a buffer of 2 MB': () => Buffer.alloc(2_000_000),
  'a NUL': () => ({ 'a\0': 'b\0c' }),
  'half a surrogate pair': () => ({ '\ud800': 'x\udfff' }),
  'a date that is none': () => new Date(Number.NaN),
  'a sparse list': () => Object.assign([], { 5: 1 }),
  'a map': () => new Map([[{}, new Set([1])]]),
  'a thenable that throws': () => withGetters({}, 'then'),
  'an error whose message is a number': () => error({ message: 5 }),
  'an error whose message is an object': () => error({ message: {} }),
  'an error whose message is itself': () => {
    const itself = new Error('odd')
    return Object.defineProperty(itself, 'message', { value: itself })
  },
  'an error whose stack is a list': () => error({ stack: [1] }),
  'an error whose name and code are objects': () => error({ name: {}, code: [] }),
  'an error whose properties throw': () =>
    withGetters(new Error('odd'), 'stack', 'message', 'name', 'code'),
  'an error without words': () => error({ message: '', name: '', stack: undefined }),
  'an error of 5 MB': () => new Error('y'.repeat(5_000_000)),
  'an error that is its own cause': circularCause,
  'an error behind a proxy': () => hostile(new Error('odd')),
}

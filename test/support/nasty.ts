/** Values that have broken parsers, databases and code that trusts its input; each as JSON text. */
const nastyValues: Record<string, string> = {
  null: 'null',
  true: 'true',
  'minus one': '-1',
  'a fraction': '0.5',
  'beyond any number': '1e400',
  'a huge number': '1e308',
  'beyond safe integers': '9007199254740993',
  'an empty text': '""',
  'a NUL': '"a\\u0000b"',
  'half a surrogate pair': '"\\ud800"',
  'a line break': '"a\\r\\nBcc: b@example.com"',
  'a long text': JSON.stringify('x'.repeat(100_000)),
  'an empty list': '[]',
  'a list in a list': '[[[]]]',
  'an empty object': '{}',
  'a prototype': '{"__proto__":{"polluted":true},"constructor":{"prototype":{}}}',
  'a prototype of text': '{"__proto__":"x","toString":1,"hasOwnProperty":null}',
  'a NUL in a key': '{"a\\u0000":1}',
  'half a surrogate pair in a key': '{"\\udfff":1}',
  'something deep': `${'{"a":'.repeat(200)}1${'}'.repeat(200)}`,
}

/** Bodies that are no JSON, or none that any call expects. */
export const nastyBodies: Record<string, string | Uint8Array<ArrayBuffer>> = {
  nothing: '',
  'half of an object': '{"type":',
  'no JSON': 'type=email',
  'a byte order mark': '\ufeff{}',
  'no UTF-8': Uint8Array.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
  'a hundred thousand brackets': '['.repeat(100_000),
  'a hundred thousand objects': '{"a":'.repeat(100_000),
  'ten megabytes': JSON.stringify({ a: 'x'.repeat(10 * 1024 * 1024) }),
  'ten megabytes of items': `[${'{},'.repeat(3_500_000)}{}]`,
  'a field called __proto__': '{"__proto__":{"admin":true}}',
  'ten thousand fields': JSON.stringify(
    Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`f${index}`, index])),
  ),
  ...nastyValues,
}

const MARK = '@@mark@@'

/** Each place in a value, put in turn to a nasty one: as JSON text. */
export function* mutations(value: unknown): Generator<{ what: string; body: string }> {
  for (const marked of markedAt(value)) {
    for (const [name, text] of Object.entries(nastyValues)) {
      const body = JSON.stringify(marked.value).replace(`"${MARK}"`, () => text)
      yield { what: `${name} as ${marked.path}`, body }
    }
  }
}

function* markedAt(value: unknown, path = ''): Generator<{ path: string; value: unknown }> {
  if (path !== '') yield { path, value: MARK }
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) {
    for (const marked of markedAt(inner, path === '' ? key : `${path}.${key}`)) {
      yield { path: marked.path, value: replacedIn(value, key, marked.value) }
    }
  }
}

function replacedIn(value: object, key: string, inner: unknown): unknown {
  if (!Array.isArray(value)) return { ...value, [key]: inner }
  return value.map((item, index) => (String(index) === key ? inner : item))
}

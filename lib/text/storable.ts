/** How large JSON may become. */
export type JsonBounds = {
  /** Characters of the text. */
  maxLength: number
  /** Objects and lists inside each other. */
  maxDepth: number
}

/** A value whose JSON would be larger than it may be. */
export class JsonTooLarge extends Error {
  override name = 'JsonTooLarge'
  constructor(readonly bound: keyof JsonBounds) {
    super(`The JSON exceeds its ${bound}`)
  }
}

/**
 * The value as JSON that PostgreSQL keeps: it holds no NUL and no half of a surrogate pair; they are
 * left out, in keys too. Writing stops as soon as a bound is passed, however much would follow.
 * @throws {JsonTooLarge} beyond the bounds; what `JSON.stringify` throws; `TypeError` for a value that
 * has no JSON, as a function
 */
export function storableJson(value: unknown, bounds: JsonBounds): string {
  const json = write(value, checkOf(bounds))
  if (json === undefined) throw new TypeError(`A value of the type ${typeof value} has no JSON`)
  if (json.length > bounds.maxLength) throw new JsonTooLarge('maxLength')
  return json
}

type Check = (holder: unknown, part: unknown) => void

function write(value: unknown, check?: Check): string | undefined {
  return JSON.stringify(value, function (this: unknown, _key, part: unknown) {
    const storable = storablePart(part)
    check?.(this, storable)
    return storable
  })
}

/** Looks at each part as it is written, with what holds it; parts of one holder come together. */
function checkOf({ maxLength, maxDepth }: JsonBounds): Check {
  const path: unknown[] = []
  let length = 0
  return (holder, part) => {
    length += typeof part === 'string' ? part.length : 1
    if (length > maxLength) throw new JsonTooLarge('maxLength')
    while (path.length > 0 && path.at(-1) !== holder) path.pop()
    if (typeof part !== 'object' || part === null) return
    path.push(part)
    if (path.length > maxDepth) throw new JsonTooLarge('maxDepth')
  }
}

function storablePart(part: unknown): unknown {
  if (typeof part === 'string') return storableText(part)
  return isObject(part) ? withStorableKeys(part) : part
}

function withStorableKeys(object: object): object {
  if (Object.keys(object).every((key) => storableText(key) === key)) return object
  return Object.fromEntries(Object.entries(object).map(([key, part]) => [storableText(key), part]))
}

function isObject(part: unknown): part is object {
  return typeof part === 'object' && part !== null && !Array.isArray(part)
}

/** The text without what PostgreSQL cannot store. */
export function storableText(text: string): string {
  return text.replaceAll('\0', '').toWellFormed()
}

/** Whether PostgreSQL keeps the value as it is. */
export function isStorable(value: unknown): boolean {
  return write(value) === JSON.stringify(value)
}

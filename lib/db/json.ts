/** PostgreSQL's JSON holds no NUL and no half of a surrogate pair; they are left out, in keys too. */
export function storableJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part === 'string') return storableText(part)
    return isObject(part) ? withStorableKeys(part) : part
  })
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
  return storableJson(value) === JSON.stringify(value)
}

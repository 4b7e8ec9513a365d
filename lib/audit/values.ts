/** A value of an entry's details, in words. */
export function textOf(value: unknown): string {
  if (value === undefined || value === null) return 'none'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'string') return isTime(value) ? momentOf(value) : value
  if (Array.isArray(value)) return value.map(textOf).join(', ')
  if (typeof value !== 'object') return String(value)
  const parts = Object.entries(value).map(([name, part]) => `${spaced(name)} ${textOf(part)}`)
  return parts.join(', ') || 'none'
}

function isTime(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text)
}

/** `2026-11-24T11:14:04.211Z` is read as `2026-11-24 11:14:04 UTC`. */
function momentOf(time: string): string {
  return `${time.slice(0, 19).replace('T', ' ')} UTC`
}

/** `rateDurationMs` is read as `rate duration ms`. */
export function spaced(name: string): string {
  return name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('-', ' ')
    .toLowerCase()
}

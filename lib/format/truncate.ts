/**
 * The text, or its beginning where it is longer than `limit` UTF-16 units, the unit in which schemas
 * and inputs count. Never half of a surrogate pair: PostgreSQL refuses one.
 */
export function truncate(text: string, limit: number): string {
  if (text.length <= limit) return text
  const splits = /[\uD800-\uDBFF]/.test(text.charAt(limit - 1))
  return text.slice(0, splits ? limit - 1 : limit)
}

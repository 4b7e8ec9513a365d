/** A text as `LIKE` and Prisma's `contains` are to search for it: `%`, `_` and `\` mean themselves. */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}

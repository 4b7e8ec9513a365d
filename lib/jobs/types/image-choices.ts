// Free of the schema library, since the form that offers these runs in the browser.

/** Longest side of a result, in pixels. */
export const MAX_SIDE = 10_000

/** How a picture is fitted into a size of another shape. */
export const fits = ['cover', 'contain', 'fill', 'inside', 'outside'] as const

/** Where on a picture a mark is. */
export const gravities = [
  'northwest',
  'north',
  'northeast',
  'west',
  'center',
  'east',
  'southwest',
  'south',
  'southeast',
] as const

/** Longest text of a mark, in characters. */
export const MAX_TEXT = 200

/** A text of which something can be seen. */
export const VISIBLE = /[^\p{C}\p{Z}]/u

const MAX_LENGTH = 255

/** Control characters, and the marks that reverse how a name reads (`gpj.exe` as `exe.jpg`). */
const INVISIBLE = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

/**
 * Makes a name safe to store, show and save under: no folders, no control characters, an ending
 * that fits the content, at most 255 characters.
 * @param endings the endings that fit, without the dot; the first is added where none fits
 */
export function cleanFileName(name: string, endings: readonly [string, ...string[]]): string {
  // Through UTF-8 and back: half of a surrogate pair becomes a replacement character.
  const last = Buffer.from(name).toString().split(/[/\\]/).at(-1) ?? ''
  const clean = last.replace(INVISIBLE, '').normalize('NFC').trim().replace(/^\.+/, '')
  const ending = /\.([a-z0-9]{1,10})$/i.exec(clean)?.[1]?.toLowerCase()
  const fits = ending !== undefined && endings.includes(ending)
  const stem = fits ? clean.slice(0, -ending.length - 1) : clean
  return withEnding(stem || 'image', fits ? ending : endings[0])
}

/** Adds an ending to a name's stem and keeps the whole within 255 characters. */
export function withEnding(stem: string, ending: string): string {
  const room = MAX_LENGTH - ending.length - 1
  return `${[...stem].slice(0, room).join('')}.${ending}`
}

/** What a job gives a template: anything at all, since API clients may send what they like. */
export type Variables = Readonly<Record<string, unknown>>

const MAX_LINE = 200
const MAX_TEXT = 10_000

/** A variable as one line of text; undefined when it is missing, empty or no text. */
export function lineOf(variables: Variables, name: string): string | undefined {
  const text = plain(variables[name])?.replace(/[\s\p{Cc}]+/gu, ' ')
  return cut(text, MAX_LINE)
}

/** A variable as text whose line breaks are kept; other control characters are not. */
export function textOf(variables: Variables, name: string): string | undefined {
  const text = plain(variables[name])?.replace(/\r\n?/g, '\n')
  return cut(text?.replace(/[^\P{Cc}\n\t]/gu, ''), MAX_TEXT)
}

/** A variable as a web address; undefined for anything but http and https. */
export function linkOf(variables: Variables, name: string): string | undefined {
  const value = variables[name]
  if (typeof value !== 'string' || value.length > 2_048 || !URL.canParse(value)) return undefined
  const url = new URL(value)
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined
}

function plain(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  return typeof value === 'number' && Number.isFinite(value)
    ? value.toLocaleString('en-US')
    : undefined
}

function cut(text: string | undefined, length: number): string | undefined {
  const trimmed = text?.trim()
  if (!trimmed) return undefined
  return trimmed.length > length ? `${trimmed.slice(0, length - 1).trimEnd()}…` : trimmed
}

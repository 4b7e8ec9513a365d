import { config } from '@/lib/config/config'
import { configuredSecrets } from '@/lib/config/secrets'
import { storableText } from './storable'

/** Stands for a secret. */
const MASK = '[redacted]'
/** Deeper values are left out of log lines. */
const MAX_DEPTH = 6
/** Longest text of one field of a log line. */
const MAX_TEXT = 8_192
/** The longest secret that a cut may go through: looked at beyond the cut, and never shown. */
const MARGIN = 1_024

/** Names of fields whose value is a secret, whatever it looks like. */
const secretName =
  /passw|secret|token|authorization|cookie|api[-_]?key|credential|signature|private[-_]?key/i

/**
 * What gives a secret away by its form; each keeps the part that says what it was. All take time in
 * proportion to the text: where one begins, none of its own repeated parts can begin it again.
 */
const forms: readonly [RegExp, string][] = [
  [/\bmr_[\w-]{8,}/g, `mr_${MASK}`],
  [/\bwhsec_[\w+/=-]{8,}/g, `whsec_${MASK}`],
  [/\b(Bearer|Basic) {1,8}[\w.~+/=-]{6,}/gi, `$1 ${MASK}`],
  // The user and password of a URL.
  [/\b([a-z][a-z\d+.-]{1,20}:\/\/)[^\s/@:"'<>]{0,256}:[^\s/@"'<>]{1,512}@/gi, `$1${MASK}@`],
  [/(hooks\.slack\.com\/(?:services|workflows|triggers)\/)[^\s"'<>)\\]+/gi, `$1${MASK}`],
  // Sessions, and other tokens that are JSON inside.
  [/\beyJ[\w-]{8,}(?:\.[\w-]*){0,4}/g, MASK],
  [
    /([?&](?:[\w-]{0,64}token|code|key|secret|password|signature|state)=)[^\s&#"'<>\\]+/gi,
    `$1${MASK}`,
  ],
]

let known: RegExp | undefined

/** The operator's own secrets, in any of the ways that they may be written. */
function knownSecrets(): RegExp {
  known ??= matchAny(configuredSecrets(config()))
  return known
}

function matchAny(words: string[]): RegExp {
  const never = '(?!)'
  const literal = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(literal.length > 0 ? literal.join('|') : never, 'g')
}

/** The text without what looks like a secret, or is one of the operator's. */
export function redactText(text: string): string {
  const plain = text.replace(knownSecrets(), MASK)
  return forms.reduce((result, [form, replacement]) => result.replace(form, replacement), plain)
}

/**
 * The beginning of a text from outside, at most so many characters, without secrets and what PostgreSQL
 * cannot store. What lies beyond costs nothing, and the cut shows no part of a secret that goes through it.
 */
export function redactExcerpt(text: string, limit: number): string {
  const seen = text.slice(0, limit + MARGIN)
  const plain = redactText(storableText(seen))
  // Where it was cut, a secret may have lost what gives it away.
  const end = seen.length < text.length ? Math.min(limit, plain.length - MARGIN) : limit
  return storableText(plain.slice(0, Math.max(0, end)))
}

/** Fields of a log line: secret ones are masked at any depth, errors are put in words. */
export function redactFields(fields: Record<string, unknown>, depth = 0): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      secretName.test(name) && isFilled(value) ? MASK : redactValue(value, depth),
    ]),
  )
}

function isFilled(value: unknown): boolean {
  return value !== null && value !== undefined && typeof value !== 'boolean'
}

function redactValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return bounded(value)
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  if (depth >= MAX_DEPTH) return '[…]'
  if (value instanceof Error) return describeError(value, depth + 1)
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`
  if (Array.isArray(value)) return value.map((item) => redactValue(item, depth + 1))
  return redactFields({ ...value }, depth + 1)
}

/**
 * What a log says of an error. Its other properties stay out: a Redis client puts the command there,
 * password and all, a mail client the envelope, Prisma the query.
 */
function describeError(error: Error, depth: number): Record<string, unknown> {
  const code = Reflect.get(error, 'code')
  const errors = Reflect.get(error, 'errors')
  return {
    type: error.name,
    message: bounded(error.message),
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(error.stack ? { stack: bounded(error.stack) } : {}),
    ...(error.cause ? { cause: redactValue(error.cause, depth) } : {}),
    ...(Array.isArray(errors) && errors.length > 0 ? { errors: redactValue(errors, depth) } : {}),
  }
}

/** Redacted here where it is cut; all else is redacted with its line. */
function bounded(text: string): string {
  return text.length <= MAX_TEXT ? text : `${redactExcerpt(text, MAX_TEXT)}…`
}

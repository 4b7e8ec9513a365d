import { inspect, types } from 'node:util'
import { redactExcerpt } from '@/lib/text/redact'

/** An error as records keep it; the stack is for admins. */
export type ErrorWords = { name: string; message: string; code?: string; stack?: string }

/** Longest parts of an error that are kept, in characters. */
const LONGEST = { name: 200, message: 2_000, code: 100, stack: 8_000 }

/** How much of a value that is no text is put in words. */
const GLIMPSE = { maxArrayLength: 20, maxStringLength: 500, breakLength: Number.POSITIVE_INFINITY }

/**
 * What somebody threw, in words: bounded, without secrets, and whatever it is. Anything can be
 * thrown, and any look at it may throw again.
 */
export function describeThrown(thrown: unknown): ErrorWords {
  const message = property(thrown, 'message')
  if (typeof message !== 'string' && !types.isNativeError(thrown)) {
    return { name: 'Error', message: redactExcerpt(textOf(thrown), LONGEST.message) || 'Error' }
  }
  const name = shown(property(thrown, 'name'), LONGEST.name) || 'Error'
  const code = shown(property(thrown, 'code'), LONGEST.code)
  const stack = shown(property(thrown, 'stack'), LONGEST.stack)
  return {
    name,
    message: redactExcerpt(textOf(message ?? ''), LONGEST.message) || name,
    ...(code ? { code } : {}),
    ...(stack ? { stack } : {}),
  }
}

/** Any value as a text: one is itself, an error its message, others are put in words. Never throws. */
export function textOf(value: unknown): string {
  const text = types.isNativeError(value) ? property(value, 'message') : value
  if (typeof text === 'string') return text
  try {
    return inspect(text, { ...GLIMPSE, customInspect: false })
  } catch {
    return 'a value that cannot be put in words'
  }
}

/** A property of whatever it is; undefined where it has none, or does not let itself be read. */
export function property(of: unknown, name: string): unknown {
  if ((typeof of !== 'object' && typeof of !== 'function') || of === null) return undefined
  try {
    return Reflect.get(of, name)
  } catch {
    return undefined
  }
}

/** `instanceof`, which throws by itself when it is asked of some proxies. */
export function isInstance<T>(value: unknown, type: new (...args: never[]) => T): value is T {
  try {
    return value instanceof type
  } catch {
    return false
  }
}

function shown(value: unknown, limit: number): string | undefined {
  return typeof value === 'string' ? redactExcerpt(value, limit) : undefined
}

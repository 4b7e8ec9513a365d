import type { z } from 'zod'
import { AppError } from '@/lib/errors/app-error'
import { parseInput } from '@/lib/errors/parse-input'
import type { JsonLimits } from './json-scan'
import { malformed, parseJson } from './parse-json'

const MAX_BYTES = 1024 * 1024

/** Longest a body may take to arrive: what waits for it holds memory, and maybe others up. */
const ARRIVAL_MS = 60_000

/**
 * The body of a request, checked.
 * @throws {AppError} `too_large`, or `invalid_input` with a dotted path per issue
 */
export async function readJson<S extends z.ZodType>(
  request: Request,
  schema: S,
  { maxBytes = MAX_BYTES }: { maxBytes?: number } = {},
): Promise<z.output<S>> {
  return parseInput(schema, await readBody(request, { maxBytes }))
}

type BodyOptions = {
  maxBytes: number
  /** What it may hold; default: what a body of the usual length may. */
  limits?: JsonLimits
  /** Longest it may take to arrive. */
  arrivalMs?: number
}

/**
 * The body of a request as it is, for whoever checks it in parts.
 * @throws {AppError} `too_large`, or `invalid_input` for what is not JSON, or holds more than it may
 */
export async function readBody(
  request: Request,
  { maxBytes, limits, arrivalMs = ARRIVAL_MS }: BodyOptions,
): Promise<unknown> {
  return parseJson(await readText(request, { maxBytes, arrivalMs }), limits)
}

/** The body as text, refused as soon as it exceeds `maxBytes`, whatever its declared length. */
async function readText(
  { body, headers }: Request,
  { maxBytes, arrivalMs }: { maxBytes: number; arrivalMs: number },
): Promise<string> {
  const tooLarge = new AppError('too_large', `The body may have at most ${maxBytes} bytes.`)
  if (Number(headers.get('content-length')) > maxBytes) throw tooLarge
  if (!body) return ''
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let bytes = 0
  let text = ''
  const reading = new WritableStream<Uint8Array>({
    write(chunk) {
      bytes += chunk.byteLength
      if (bytes > maxBytes) throw tooLarge
      text += decoded(() => decoder.decode(chunk, { stream: true }))
    },
    close() {
      text += decoded(() => decoder.decode())
    },
  })
  const limit = new AbortController()
  const seconds = arrivalMs / 1_000
  const late = new AppError('too_large', `The body did not arrive within ${seconds} s.`)
  const timer = setTimeout(() => limit.abort(late), arrivalMs)
  try {
    await body.pipeTo(reading, { signal: limit.signal })
    return text
  } finally {
    clearTimeout(timer)
  }
}

function decoded(decode: () => string): string {
  try {
    return decode()
  } catch {
    throw malformed('The body is not UTF-8 text')
  }
}

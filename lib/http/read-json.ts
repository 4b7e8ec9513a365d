import type { z } from 'zod'
import { AppError, invalidInput } from '@/lib/errors/app-error'
import { parseInput } from '@/lib/errors/parse-input'

const MAX_BYTES = 1024 * 1024
/** Objects and arrays inside each other; deeper input only serves to exhaust whoever walks it. */
const MAX_DEPTH = 32

/**
 * The body of a request, checked.
 * @throws {AppError} `too_large`, or `invalid_input` with a dotted path per issue
 */
export async function readJson<S extends z.ZodType>(
  request: Request,
  schema: S,
  { maxBytes = MAX_BYTES }: { maxBytes?: number } = {},
): Promise<z.output<S>> {
  return parseInput(schema, parseJson(await readText(request, maxBytes)))
}

/**
 * What a JSON text says.
 * @throws {AppError} `invalid_input` for what is not JSON, or nested too deep
 */
function parseJson(text: string): unknown {
  if (isTooDeep(text)) throw malformed(`The body is nested more than ${MAX_DEPTH} levels deep`)
  try {
    return JSON.parse(text)
  } catch {
    throw malformed('The body is not valid JSON')
  }
}

/** The body as text, refused as soon as it exceeds `maxBytes`, whatever its declared length. */
async function readText(request: Request, maxBytes: number): Promise<string> {
  const tooLarge = new AppError('too_large', `The body may have at most ${maxBytes} bytes.`)
  if (Number(request.headers.get('content-length')) > maxBytes) throw tooLarge
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > maxBytes) throw tooLarge
    chunks.push(chunk)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
  } catch {
    throw malformed('The body is not UTF-8 text')
  }
}

/** Whether JSON text is nested deeper than whoever walks it should have to go. */
export function isTooDeep(text: string): boolean {
  let depth = 0
  let quoted = false
  for (let index = 0; index < text.length; index++) {
    const character = text[index]
    if (quoted) {
      if (character === '\\') index++
      else if (character === '"') quoted = false
    } else if (character === '"') quoted = true
    else if (character === '{' || character === '[') {
      depth++
      if (depth > MAX_DEPTH) return true
    } else if (character === '}' || character === ']') depth--
  }
  return false
}

function malformed(message: string): AppError {
  return invalidInput([{ path: '', message }])
}

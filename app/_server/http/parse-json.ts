import { type AppError, invalidInput } from '@/lib/errors/app-error'
import { takingTurns } from '@/lib/fairness/turns'
import { JsonRefusal, JsonScan, type OuterArray, usualLimits } from './json-scan'

/** Longest text that is parsed at a stretch, in characters. */
const STRETCH = 128 * 1024
/** Longest part of a long text, which is parsed in one go whatever it holds. */
const MAX_PART = 1024 * 1024

/**
 * What a JSON text says. A long one is read in parts, between which others have their turn: the
 * elements of the arrays right within the outermost object one by one.
 * @throws {AppError} `invalid_input` for what is not JSON, or holds more than it may
 */
export async function parseJson(text: string, limits = usualLimits): Promise<unknown> {
  const turn = takingTurns()
  const scan = new JsonScan(text, limits)
  try {
    while (scan.advance(STRETCH)) await turn()
    const arrays = scan.arrays.filter(({ start, end }) => text.slice(start + 1, end).trim())
    if (text.length <= STRETCH) return JSON.parse(text)
    return await parseInParts(text, arrays, turn)
  } catch (error) {
    if (error instanceof JsonRefusal) throw malformed(`The body ${error.message}`)
    if (error instanceof SyntaxError) throw malformed('The body is not valid JSON')
    throw error
  }
}

/** Parses what is around the arrays with their numbers in place of their elements, then each element. */
async function parseInParts(text: string, arrays: OuterArray[], turn: () => Promise<void>) {
  const around = arrays.map(({ start }, index) => {
    const before = arrays[index - 1]?.end ?? 0
    return `${text.slice(before, start + 1)}${index}`
  })
  const outermost = part(`${around.join('')}${text.slice(arrays.at(-1)?.end)}`)
  if (typeof outermost !== 'object' || outermost === null) return outermost
  for (const [name, value] of Object.entries(outermost)) {
    const array = Array.isArray(value) && value.length === 1 ? arrays[value[0]] : undefined
    if (array) Reflect.set(outermost, name, await elements(text, array, turn))
  }
  return outermost
}

async function elements(text: string, array: OuterArray, turn: () => Promise<void>) {
  const parsed: unknown[] = []
  let start = array.start
  for (const end of [...array.commas, array.end]) {
    parsed.push(part(text.slice(start + 1, end)))
    start = end
    await turn()
  }
  return parsed
}

function part(text: string): unknown {
  if (text.length <= MAX_PART) return JSON.parse(text)
  throw new JsonRefusal(`has a part with more than ${MAX_PART} characters`)
}

/** A body that cannot be read at all. */
export function malformed(message: string): AppError {
  return invalidInput([{ path: '', message }])
}

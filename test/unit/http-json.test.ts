import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { parseJson } from '@/app/_server/http/parse-json'
import { problem } from '@/app/_server/http/problem'
import { readBody } from '@/app/_server/http/read-json'
import { AppError } from '@/lib/errors/app-error'
import { parseInput } from '@/lib/errors/parse-input'

/** How often others had their turn while `work` ran, and the processor’s time it took, in milliseconds. */
async function measured(work: () => Promise<unknown>) {
  let turns = 0
  const beat = setInterval(() => {
    turns += 1
  }, 1)
  const start = process.cpuUsage()
  const outcome = await work().catch((error: unknown) => error)
  const { user, system } = process.cpuUsage(start)
  clearInterval(beat)
  return { turns, ms: (user + system) / 1_000, outcome }
}

const filler = 'x'.repeat(200_000)

describe('JSON from outside', () => {
  it('means the same in parts as in one go [S2]', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.dictionary(fc.string(), fc.array(fc.jsonValue())), fc.jsonValue()),
        fc.constantFrom(0, 2),
        async (value, indent) => {
          const small = JSON.stringify(value, null, indent)
          expect(await parseJson(small)).toEqual(JSON.parse(small))
          const long = JSON.stringify(
            { value, filler, list: [value, value], none: [] },
            null,
            indent,
          )
          expect(await parseJson(long)).toEqual(JSON.parse(long))
        },
      ),
      { numRuns: 60 },
    )
  })

  it.each([
    '{"a":[1,]',
    '{"a":[1,]}',
    '{"a":[1}]',
    '{"a":[1,2]]}',
    '{"a":[1],"a"}',
    '{"a":["1]}',
    '{"a":[[1,2}]}',
    '{"a":[{"b":1]}}',
    '',
    ']',
  ])('is refused when it is none, in parts as in one go: %s [S2]', async (text) => {
    const long = `${text}${' '.repeat(200_000)}`
    for (const each of [text, long]) {
      await expect(parseJson(each)).rejects.toMatchObject({ code: 'invalid_input' })
    }
  })

  it('keeps the last of what is named twice, and a name that means something to JavaScript [S2]', async () => {
    const text = `{"a":[1],"a":[2],"b":"${filler}","__proto__":[3]}`
    expect(await parseJson(text)).toEqual(JSON.parse(text))
  })

  it.each([
    ['too many fields', `{${'"k":1,'.repeat(2_500_000)}"k":1}`],
    ['too many values', `{"items":[${'0,'.repeat(2_500_000)}0]}`],
    ['too deep', '['.repeat(1_000_000)],
    ['one long part', `{"items":[{"a":"${'x'.repeat(16_000_000)}"}]}`],
    ['one long text', `"${'x'.repeat(16_000_000)}"`],
  ])('is refused before it is parsed when it has %s [S2]', async (_what, text) => {
    const { ms, outcome } = await measured(() => parseJson(text))
    expect(outcome).toMatchObject({ code: 'invalid_input' })
    expect(ms).toBeLessThan(300)
  })

  it('of 30 MB lets others have their turn meanwhile [S2]', async () => {
    const item = { input: { to: 'ann@example.com', variables: { text: 'word '.repeat(600) } } }
    const text = JSON.stringify({ type: 'email', items: Array(10_000).fill(item) })
    const { turns, outcome } = await measured(() => parseJson(text))
    expect(outcome).toMatchObject({ items: { length: 10_000 } })
    expect(turns).toBeGreaterThan(10)
  })

  it('that does not go on is not waited for beyond its time [S2]', async () => {
    const body = new ReadableStream<Uint8Array>({ start: (to) => to.enqueue(Buffer.from('{')) })
    const init = { method: 'POST', body, duplex: 'half' }
    const read = readBody(new Request('http://localhost', init), { maxBytes: 100, arrivalMs: 50 })
    await expect(read).rejects.toMatchObject({ code: 'too_large', message: /did not arrive/ })
  })
})

describe('what is said of a bad input', () => {
  const schema = z.strictObject({ type: z.string() })

  async function answerTo(value: unknown): Promise<string> {
    try {
      parseInput(schema, value)
      return ''
    } catch (error) {
      return error instanceof AppError ? problem(error).text() : ''
    }
  }

  it.each([
    ['many unknown names', (index: number) => `k${index}`],
    ['long ones', (index: number) => `${index}${'x'.repeat(5_000)}`],
    ['ones that are long when escaped', (index: number) => `${index}${'\u0001'.repeat(5_000)}`],
  ])('is little for %s [S2]', async (_what, name) => {
    const input = Object.fromEntries(Array.from({ length: 2_000 }, (_, index) => [name(index), 1]))
    const answer = await answerTo(input)
    expect(answer.length).toBeLessThan(64 * 1024)
    const { errors } = z.object({ errors: z.array(z.unknown()) }).parse(JSON.parse(answer))
    expect(errors.length).toBeGreaterThan(10)
    expect(errors.length).toBeLessThanOrEqual(100)
  })
})

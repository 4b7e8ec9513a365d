/** What a text of JSON may hold. */
export type JsonLimits = {
  /** Objects and arrays inside each other. */
  depth: number
  /** Names in one object. */
  names: number
  /** Values in all: names, elements, objects and arrays. */
  values: number
}

/** What a body of the usual length may hold; deeper or wider ones only serve to exhaust whoever walks them. */
export const usualLimits: JsonLimits = { depth: 32, names: 10_000, values: 100_000 }

/** A text that holds more than it may; the message goes on after the text's name, for its sender. */
export class JsonRefusal extends Error {
  override name = 'JsonRefusal'
}

/** An array right within the outermost object: from its `[` to its `]`, and the commas between. */
export type OuterArray = { start: number; end: number; commas: number[] }

const QUOTE = 0x22
const COMMA = 0x2c
const BACKSLASH = 0x5c
const OPEN = new Map([
  [0x5b, 0x5d], // [ ]
  [0x7b, 0x7d], // { }
])
const CLOSE = new Set(OPEN.values())
const ARRAY_END = 0x5d

/**
 * Reads over a text of JSON, in as many steps as one likes, before it is parsed: what no parser
 * should be given ends here, at the price of looking at each character once.
 */
export class JsonScan {
  readonly arrays: OuterArray[] = []
  #at = 0
  #quoted = false
  #values = 1
  /** What each open bracket waits for, and how many names or elements came so far. */
  readonly #open: { end: number; count: number }[] = []

  constructor(
    readonly text: string,
    readonly limits: JsonLimits,
  ) {}

  /**
   * Goes on by so many characters.
   * @returns whether more is left
   * @throws {JsonRefusal}
   * @throws {SyntaxError} for brackets that do not match
   */
  advance(characters: number): boolean {
    const end = Math.min(this.text.length, this.#at + characters)
    for (; this.#at < end; this.#at++) {
      const character = this.text.charCodeAt(this.#at)
      if (character === BACKSLASH && this.#quoted) this.#at++
      else if (character === QUOTE) this.#quoted = !this.#quoted
      else if (!this.#quoted) this.#see(character)
    }
    return this.#at < this.text.length
  }

  #see(character: number): void {
    if (character === COMMA) this.#next()
    else if (OPEN.has(character)) this.#enter(OPEN.get(character) ?? 0)
    else if (CLOSE.has(character)) this.#leave(character)
  }

  #enter(end: number): void {
    const { depth, values } = this.limits
    this.#values += 1
    if (this.#values > values) throw new JsonRefusal(`holds more than ${values} values`)
    this.#open.push({ end, count: 1 })
    if (this.#open.length > depth) throw new JsonRefusal(`is nested more than ${depth} levels deep`)
    if (this.#isOuterArray()) this.arrays.push({ start: this.#at, end: this.#at, commas: [] })
  }

  #next(): void {
    const { names, values } = this.limits
    const inside = this.#open.at(-1)
    this.#values += 1
    if (this.#values > values) throw new JsonRefusal(`holds more than ${values} values`)
    if (!inside) return
    inside.count += 1
    if (inside.end !== ARRAY_END && inside.count > names) {
      throw new JsonRefusal(`has an object with more than ${names} fields`)
    }
    if (this.#isOuterArray()) this.arrays.at(-1)?.commas.push(this.#at)
  }

  #leave(character: number): void {
    const array = this.#isOuterArray() ? this.arrays.at(-1) : undefined
    if (array) array.end = this.#at
    if (this.#open.pop()?.end !== character) throw new SyntaxError('Brackets do not match')
  }

  #isOuterArray(): boolean {
    const [outermost, inside] = this.#open
    const isWithin = this.#open.length === 2 && outermost?.end !== ARRAY_END
    return isWithin && inside?.end === ARRAY_END
  }
}

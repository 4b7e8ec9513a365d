import { parseSync, Visitor } from 'oxc-parser'
import { isSafe } from 'redos-detector'

/** Ways to read one text, times which a reader may take at most: constant, whatever the text's length. */
const MAX_SCORE = 1_000

/** What makes an expression of a text. */
const MAKERS = new Set(['RegExp', 'globalThis.RegExp'])

/**
 * An expression of the program.
 *
 * @typedef {{ file: string, line: number, expression: string, flags?: string }} Found
 * @typedef {{ file: string, expression: string, reason: string }} Allowed
 */

/**
 * Every regular expression in a source file: each literal, and each call of the constructor, whose
 * expression is known only where its argument is a literal.
 *
 * @param {string} file
 * @param {string} source
 * @returns {Found[]}
 */
export function expressionsIn(file, source) {
  /** @type {Found[]} */
  const found = []
  const lineAt = (/** @type {number} */ offset) => source.slice(0, offset).split('\n').length
  const made = (/** @type {any} */ { callee, arguments: given, start }) => {
    if (!MAKERS.has(source.slice(callee.start, callee.end))) return
    const [pattern, flags] = given
    const known = typeof pattern?.value === 'string' && (!flags || typeof flags.value === 'string')
    const expression = known ? { expression: pattern.value, flags: flags?.value ?? '' } : undefined
    // A literal within the call is found by itself.
    if (pattern?.regex) return
    found.push({ file, line: lineAt(start), expression: 'new RegExp', ...expression })
  }
  new Visitor({
    Literal(literal) {
      if (!('regex' in literal)) return
      const { pattern, flags } = literal.regex
      found.push({ file, line: lineAt(literal.start), expression: pattern, flags })
    },
    NewExpression: made,
    CallExpression: made,
  }).visit(parseSync(file, source).program)
  return found
}

/**
 * The expressions that may take more than time in proportion to the text they see, or whose text is
 * not known, apart from those that are allowed; and what is allowed but is not there any more.
 *
 * @param {Found[]} found
 * @param {readonly Allowed[]} allowed
 * @returns {string[]} a line for each
 */
export function complaints(found, allowed) {
  const matches = (/** @type {Found} */ { file, expression }) =>
    allowed.filter((one) => one.file === file && one.expression === expression)
  const unused = allowed.filter((one) => !found.some((each) => matches(each).includes(one)))
  const slow = found.filter((each) => matches(each).length === 0 && !isLinear(each))
  return [
    ...slow.map(({ file, line, expression }) => `${file}:${line} is not linear: ${expression}`),
    ...unused.map(
      ({ file, expression }) => `${file} has no ${expression} any more: allow it no longer`,
    ),
  ]
}

/** @param {Found} found */
function isLinear({ expression, flags }) {
  if (flags === undefined) return false
  return isSafe(new RegExp(expression, flags), { maxScore: MAX_SCORE }).safe
}

/** What a spreadsheet takes for the start of a formula, also in full width. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/

/** Text that no spreadsheet runs: what looks like a formula gets an apostrophe in front. */
export function plainText(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text
}

/** Begins a CSV file: without it spreadsheets read UTF-8 as something older. */
export const BYTE_ORDER_MARK = '\ufeff'

/** What a spreadsheet takes for the start of a formula, also in full width. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/

/** Text that no spreadsheet runs: what looks like a formula gets an apostrophe in front. */
export function plainText(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text
}

/** One record of a CSV file (RFC 4180). Text that people wrote goes through `plainText` first. */
export function csvLine(fields: readonly string[]): string {
  return `${fields.map(quoted).join(',')}\r\n`
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

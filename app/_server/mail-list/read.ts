import { invalidInput } from '@/lib/errors/app-error'
import { truncate } from '@/lib/format/truncate'
import { mailAddress, mailHeader } from '@/lib/mail/fields'
import { type TemplateName, templates } from '@/lib/mail/template-names'
import { isStorable } from '@/lib/text/storable'
import { readTable } from './table'
import { type Cells, placeholdersIn, type Texts, textsFor } from './texts'

/** Longest cell, in characters. */
const MAX_CELL = 10_000
const addressColumns = ['email', 'e-mail', 'to', 'address', 'mail']

/** Someone on the list, as a mail needs them, and their row, by column. */
export type Recipient = Texts & { line: number; to: string; cells: Cells }

/** A row that gets no mail, and why. */
export type RowProblem = { line: number; email: string; message: string }

export type MailList = {
  recipients: Recipient[]
  /** Rows that are wrong. */
  problems: RowProblem[]
  /** Rows whose address stands further up already. */
  duplicates: RowProblem[]
  /** Columns that neither the template nor the shared texts have a use for. */
  unused: string[]
}

/**
 * Reads a list of people: a column with their addresses, and others that fill in the texts shared by
 * all or, named as a variable of the template or as its label, go before them.
 * @throws {AppError} `invalid_input` on `list` when it is no table, or has no column of addresses; on
 * a text that names a column which is not there
 */
export function readMailList(
  text: string,
  template: TemplateName,
  shared: Texts = { variables: {} },
): MailList {
  const { header, rows } = readTable(text)
  const names = header.map((name) => name.toLowerCase())
  const { fields } = templates[template]
  const address = addressColumns.find((name) => names.includes(name))
  if (address === undefined) {
    const message = `No column is named “email”. The first line names the columns; here it says: ${truncate(header.join(', '), 200)}`
    throw invalidInput([{ path: 'list', message }])
  }
  const named = columnsNamedIn(shared, names)
  const known = fields.flatMap(({ name, label }) => [name.toLowerCase(), label.toLowerCase()])
  const used = new Set([address, 'subject', ...known, ...named])
  const unused = header.filter((name) => !used.has(name.toLowerCase()))
  const list: MailList = { recipients: [], problems: [], duplicates: [], unused }
  const lines = new Map<string, number>()
  for (const { line, cells: values } of rows) {
    const entries = names.map((name, column) => [name, values[column] ?? ''] as const)
    // The first of two columns with the same name counts.
    const cells: Cells = Object.fromEntries(entries.reverse())
    const to = cells[address] ?? ''
    const texts = textsFor(shared, cells, fields)
    const found = problemOf(values, names.length, to) ?? problemIn(texts)
    const earlier = lines.get(to.toLowerCase())
    const refuse = (message: string) => ({ line, email: to, message })
    if (found) {
      list.problems.push(refuse(found))
    } else if (earlier !== undefined) {
      list.duplicates.push(refuse(`Same address as line ${earlier}`))
    } else {
      lines.set(to.toLowerCase(), line)
      const { subject, variables } = texts
      list.recipients.push({ line, to, subject, variables, cells })
    }
  }
  return list
}

/**
 * The columns that shared texts name.
 * @throws {AppError} `invalid_input` on a text that names one the list does not have
 */
function columnsNamedIn({ subject = '', variables }: Texts, columns: string[]): string[] {
  const texts = Object.entries(variables).map(
    ([name, text]) => [`variables.${name}`, text] as const,
  )
  const named = [['subject', subject] as const, ...texts].flatMap(([path, text]) =>
    placeholdersIn(text).map(({ column, written }) => ({ path, column, written })),
  )
  const issues = named
    .filter(({ column }) => !columns.includes(column))
    .map(({ path, column, written }) => ({
      path,
      message: `The list has no column “${column}” for ${written}. It has: ${truncate(columns.join(', '), 200)}`,
    }))
  if (issues.length > 0) throw invalidInput(issues)
  return named.map(({ column }) => column)
}

/** What is wrong with a row itself; undefined for a good one. */
function problemOf(values: string[], width: number, to: string): string | undefined {
  if (values.length > width) return `It has ${values.length} cells, but there are ${width} columns`
  if (!to) return 'It has no address'
  const checked = mailAddress.safeParse(to)
  if (!checked.success) return checked.error.issues[0]?.message
  if (values.some((cell) => cell.length > MAX_CELL)) return 'One of its cells is too long'
  return isStorable(values) ? undefined : 'It holds characters that cannot be kept'
}

/** What is wrong with the mail that a row makes of the shared texts. */
function problemIn({
  missing: [column],
  subject,
}: ReturnType<typeof textsFor>): string | undefined {
  if (column !== undefined) {
    return `“${column}” is empty. Write {{${column}|…}} with what to say instead`
  }
  const header = subject === undefined ? undefined : mailHeader.safeParse(subject)
  return header?.error ? `Subject: ${header.error.issues[0]?.message}` : undefined
}

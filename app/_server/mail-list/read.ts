import { invalidInput } from '@/lib/errors/app-error'
import { truncate } from '@/lib/format/truncate'
import { mailAddress, mailHeader } from '@/lib/mail/fields'
import { type TemplateField, type TemplateName, templates } from '@/lib/mail/template-names'
import { isStorable } from '@/lib/text/storable'
import { type Row, readTable } from './table'

/** Longest cell, in characters. */
const MAX_CELL = 10_000
const addressColumns = ['email', 'e-mail', 'to', 'address', 'mail']
const SUBJECT = 'subject'

/** Someone on the list, as a mail needs them. */
export type Recipient = {
  line: number
  to: string
  subject: string | undefined
  variables: Record<string, string>
}

/** A row that gets no mail, and why. */
export type RowProblem = { line: number; email: string; message: string }

export type MailList = {
  recipients: Recipient[]
  /** Rows that are wrong. */
  problems: RowProblem[]
  /** Rows whose address stands further up already. */
  duplicates: RowProblem[]
  /** Columns the template has no use for. */
  unused: string[]
}

type Columns = {
  address: number
  subject: number
  /** By variable of the template. */
  variables: [name: string, column: number][]
  unused: string[]
  width: number
}

/**
 * Reads a list of people: a column with their addresses, and one for each variable of the template,
 * named as the variable or as its label.
 * @throws {AppError} `invalid_input` on `list` when it is no table, or has no column of addresses
 */
export function readMailList(text: string, template: TemplateName): MailList {
  const { header, rows } = readTable(text)
  const columns = columnsOf(header, templates[template].fields)
  const list: MailList = { recipients: [], problems: [], duplicates: [], unused: columns.unused }
  const lines = new Map<string, number>()
  for (const row of rows) {
    const to = row.cells[columns.address] ?? ''
    const found = problemOf(row, columns)
    const earlier = lines.get(to.toLowerCase())
    if (found) {
      list.problems.push({ line: row.line, email: to, message: found })
    } else if (earlier !== undefined) {
      list.duplicates.push({
        line: row.line,
        email: to,
        message: `Same address as line ${earlier}`,
      })
    } else {
      lines.set(to.toLowerCase(), row.line)
      list.recipients.push(recipientOf(row, columns))
    }
  }
  return list
}

function columnsOf(header: string[], fields: readonly TemplateField[]): Columns {
  const names = header.map((name) => name.toLowerCase())
  const address = addressColumns.map((name) => names.indexOf(name)).find((column) => column >= 0)
  if (address === undefined) {
    const message = `No column is named “email”. The first line names the columns; here it says: ${truncate(header.join(', '), 200)}`
    throw invalidInput([{ path: 'list', message }])
  }
  const subject = names.indexOf(SUBJECT)
  const variables = fields.flatMap(({ name, label }): [string, number][] => {
    const wanted = [name.toLowerCase(), label.toLowerCase()]
    const column = names.findIndex((given) => wanted.includes(given))
    return column >= 0 ? [[name, column]] : []
  })
  const used = new Set([address, subject, ...variables.map(([, column]) => column)])
  const unused = header.filter((_, column) => !used.has(column))
  return { address, subject, variables, unused, width: header.length }
}

/** What is wrong with a row; undefined for a good one. */
function problemOf({ cells }: Row, { address, subject, width }: Columns): string | undefined {
  if (cells.length > width) return `It has ${cells.length} cells, but there are ${width} columns`
  const to = cells[address]
  if (!to) return 'It has no address'
  const checked = mailAddress.safeParse(to)
  if (!checked.success) return checked.error.issues[0]?.message
  if (cells.some((cell) => cell.length > MAX_CELL)) return 'One of its cells is too long'
  if (!isStorable(cells)) return 'It holds characters that cannot be kept'
  const line = cells[subject]
  const header = line ? mailHeader.safeParse(line) : undefined
  return header?.error ? `Subject: ${header.error.issues[0]?.message}` : undefined
}

function recipientOf({ line, cells }: Row, { address, subject, variables }: Columns): Recipient {
  const given = variables.flatMap(([name, column]) => {
    const value = cells[column]
    return value ? [[name, value] as const] : []
  })
  return {
    line,
    to: cells[address] ?? '',
    subject: cells[subject] || undefined,
    variables: Object.fromEntries(given),
  }
}

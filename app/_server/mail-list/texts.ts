import type { TemplateField } from '@/lib/mail/template-names'

/** What a mail says: its subject, and the variables of its template. */
export type Texts = { subject?: string | undefined; variables: Record<string, string> }

/** What stands in a row of a list, by the names of its columns in lower case. */
export type Cells = Readonly<Record<string, string>>

/** `{{name}}`, or `{{name|there}}` with what stands there where the cell is empty. */
type Placeholder = { written: string; column: string; instead: string | undefined }

/** A text as what stands in it, and the placeholders between. */
function partsOf(text: string): (string | Placeholder)[] {
  const [first = '', ...others] = text.split('{{')
  const parts = others.flatMap((other) => {
    const [inside = '', ...rest] = other.split('}}')
    const [name = '', instead] = inside.split('|')
    const column = name.trim().toLowerCase()
    const isWhole = rest.length > 0 && column !== '' && !/[{}]/.test(inside)
    if (!isWhole) return [`{{${other}`]
    return [{ written: `{{${inside}}}`, column, instead: instead?.trim() }, rest.join('}}')]
  })
  return [first, ...parts]
}

/** The placeholders of a text. */
export function placeholdersIn(text: string): Placeholder[] {
  return partsOf(text).filter((part) => typeof part !== 'string')
}

/** The cell for a field of the template: in the column of its name, or of its label. */
function cellFor({ name, label }: Pick<TemplateField, 'name' | 'label'>, cells: Cells): string {
  return cells[name.toLowerCase()] || cells[label.toLowerCase()] || ''
}

/**
 * The mail of one person on a list: what their row says itself, and else the texts shared by all, with
 * the cells that these name.
 * @returns also the columns that are named and have nothing in this row
 */
export function textsFor(
  shared: Texts,
  cells: Cells,
  fields: readonly TemplateField[],
): Texts & { missing: string[] } {
  const missing: string[] = []
  const cellOr = ({ column, instead }: Placeholder) => {
    const value = cells[column] || instead
    if (value === undefined) missing.push(column)
    return value ?? ''
  }
  const fill = (text: string) =>
    partsOf(text)
      .map((part) => (typeof part === 'string' ? part : cellOr(part)))
      .join('')
  const variables = Object.entries(shared.variables).flatMap(([name, text]) => {
    const own = fields.some((field) => field.name === name && cellFor(field, cells))
    return own ? [] : [[name, fill(text)] as const]
  })
  const own = fields.flatMap((field) => {
    const cell = cellFor(field, cells)
    return cell ? [[field.name, cell] as const] : []
  })
  const subject = cells.subject || (shared.subject && fill(shared.subject))
  return {
    ...(subject ? { subject } : {}),
    variables: Object.fromEntries([...variables, ...own]),
    missing,
  }
}

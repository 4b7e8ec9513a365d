import type { ReactNode } from 'react'
import ui from '../ui/ui.module.css'
import classes from './list.module.css'

/** A table whose rows become cards where there is little room. */
export function StackingTable({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={classes.frame}>
      <table className={`${classes.table} ${classes.stacking}`} aria-label={label}>
        {children}
      </table>
    </div>
  )
}

/** A column: its heading, and what stands below it in a row. */
type Column<Row> = {
  name: string
  cell: (row: Row, index: number) => ReactNode
  /** Numbers and buttons stand at the right; what buttons are needs no heading to be seen. */
  look?: 'number' | 'actions'
}

type Props<Row> = {
  label: string
  rows: readonly Row[]
  keyOf: (row: Row) => string
  /** The first one names the row. */
  columns: readonly Column<Row>[]
  /** Said in place of a table without rows. */
  empty?: string
}

/** A table with a line for each row; where there is little room, a card that names each value. */
export function Table<Row>({ label, rows, keyOf, columns, empty }: Props<Row>) {
  if (empty && rows.length === 0) return <p className={ui.nothing}>{empty}</p>
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
    <section className={classes.frame} tabIndex={0} aria-label={label}>
      <table className={`${classes.table} ${classes.cards}`}>
        <thead>
          <tr>
            {columns.map(({ name, look }) => (
              <th key={name} scope="col" className={look && classes.number}>
                {look === 'actions' ? <span className={ui.unseen}>{name}</span> : name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={keyOf(row)}>
              {columns.map(({ name, cell, look }, place) =>
                place === 0 ? (
                  <th key={name} scope="row">
                    {cell(row, index)}
                  </th>
                ) : (
                  <td
                    key={name}
                    data-label={look === 'actions' ? undefined : name}
                    className={look && classes.number}
                  >
                    {cell(row, index)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

type TwoProps = { children: ReactNode; note: ReactNode; title?: string | undefined }

/** A value with a smaller one below it, each cut to its room. */
export function Two({ children, note, title }: TwoProps) {
  return (
    <>
      <span className={classes.cut} title={title}>
        {children}
      </span>
      <span className={`${ui.note} ${classes.cut}`}>{note}</span>
    </>
  )
}

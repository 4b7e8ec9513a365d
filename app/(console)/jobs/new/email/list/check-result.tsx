import type { RowProblem } from '@/app/_server/mail-list/read'
import { countOf } from '@/lib/format/count'
import classes from '../../new.module.css'
import type { Checked } from './list-state'

/** What is in the list: who gets a mail, which rows are bad, and who is left out. */
export function CheckResult({ checked }: { checked: Checked }) {
  const { count, problems, leftOut, counts, unused } = checked
  const left = counts.duplicates + counts.suppressed
  return (
    <section className={classes.check} aria-label="What is in the list">
      <p role="status">
        <strong>{countOf(count, 'person', 'people')}</strong> will get a mail
        {counts.problems > 0 && ` · ${countOf(counts.problems, 'bad row')}`}
        {counts.duplicates > 0 && ` · ${countOf(counts.duplicates, 'duplicate')}`}
        {counts.suppressed > 0 && ` · ${counts.suppressed} suppressed`}
      </p>
      {unused.length > 0 && (
        <p className={classes.unused}>
          This template has no use for {unused.length === 1 ? 'the column' : 'the columns'}{' '}
          {unused.join(', ')}.
        </p>
      )}
      <Rows
        title="Bad rows: mend them above, or leave them out"
        rows={problems}
        total={counts.problems}
        isBad
      />
      <Rows title="Left out" rows={leftOut} total={left} />
    </section>
  )
}

type RowsProps = { title: string; rows: RowProblem[]; total: number; isBad?: boolean }

function Rows({ title, rows, total, isBad = false }: RowsProps) {
  if (rows.length === 0) return null
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
    <section className={classes.rows} data-bad={isBad || undefined} aria-label={title} tabIndex={0}>
      <table>
        <caption>{title}</caption>
        <thead>
          <tr>
            <th scope="col">Line</th>
            <th scope="col">Address</th>
            <th scope="col">Reason</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ line, email, message }) => (
            <tr key={line}>
              <td>{line}</td>
              <td>{email || '–'}</td>
              <td>{message}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {total > rows.length && <p>and {countOf(total - rows.length, 'more row')}</p>}
    </section>
  )
}

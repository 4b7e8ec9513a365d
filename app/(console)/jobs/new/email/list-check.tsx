'use client'

import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { RowProblem } from '@/app/_server/mail-list/read'
import { List, Row } from '@/app/(console)/_components/list/list'
import { PlainButton } from '@/app/(console)/_components/ui/button'
import ui from '@/app/(console)/_components/ui/ui.module.css'
import { useLiveInput } from '@/app/form/generated/live-input'
import { countOf } from '@/lib/format/count'
import classes from '../new.module.css'
import type { CheckedList } from './actions'

type Props = { checked: Extract<CheckedList, { problem?: undefined }> }

/** What is in a list: who gets a mail, which rows are bad, and who is left out. */
export function ListCheck({ checked }: Props) {
  const { count, samples, bad, leftOut, counts, unused } = checked
  const { show } = useLiveInput()
  const [place, setPlace] = useState(0)
  const index = Math.min(place, samples.length - 1)
  const sample = samples[index]
  useEffect(() => {
    show(sample)
    return () => show(undefined)
  }, [sample, show])
  const turn = (by: number) => ({
    size: 'small' as const,
    kind: 'quiet' as const,
    disabled: samples[index + by] === undefined,
    onClick: () => setPlace(index + by),
  })
  return (
    <section className={ui.card} aria-label="What is in the list">
      <input type="hidden" name="expected" value={count} />
      <p role="status">
        <strong>{countOf(count, 'person', 'people')}</strong> will get a mail
        {counts.bad > 0 && ` · ${countOf(counts.bad, 'bad row')}`}
        {counts.duplicates > 0 && ` · ${countOf(counts.duplicates, 'duplicate')}`}
        {counts.suppressed > 0 && ` · ${counts.suppressed} suppressed`}
      </p>
      {sample && (
        <p className={`${ui.line} ${ui.apart}`}>
          <span>
            Preview for {sample.to} (line {sample.line})
          </span>
          {samples.length > 1 && (
            <span>
              <PlainButton
                {...turn(-1)}
                aria-label="The person before"
                icon={<IconChevronLeft size={16} aria-hidden />}
              />
              <PlainButton
                {...turn(1)}
                aria-label="The next person"
                icon={<IconChevronRight size={16} aria-hidden />}
              />
            </span>
          )}
        </p>
      )}
      {unused.length > 0 && (
        <p className={ui.dim}>
          Nothing uses {unused.length === 1 ? 'the column' : 'the columns'} {unused.join(', ')}.
        </p>
      )}
      <Rows
        title="Bad rows: correct them above, or leave them out"
        rows={bad}
        total={counts.bad}
        isBad
      />
      <Rows title="Left out" rows={leftOut} total={counts.duplicates + counts.suppressed} />
    </section>
  )
}

type RowsProps = { title: string; rows: RowProblem[]; total: number; isBad?: boolean }

function Rows({ title, rows, total, isBad = false }: RowsProps) {
  if (rows.length === 0) return null
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
    <section className={classes.rows} aria-label={title} tabIndex={0}>
      <p className={isBad ? ui.tone : ui.dim} data-status={isBad ? 'failed' : undefined}>
        {title}
      </p>
      <List label={title}>
        {rows.map(({ line, email, message }) => (
          <Row
            key={line}
            title={`Line ${line}: ${email || '–'}`}
            note={<p className={ui.note}>{message}</p>}
          />
        ))}
      </List>
      {total > rows.length && <p>and {countOf(total - rows.length, 'more row')}</p>}
    </section>
  )
}

import type { Metadata } from 'next'
import { requireViewer } from '@/app/_server/auth/session'
import { ActionForm } from '@/app/form/action-form'
import { SuppressionReason } from '@/lib/db/generated/enums'
import { listSuppressions, reasonLabels } from '@/lib/suppressions/list'
import { Search } from '../../_components/list/filter-fields'
import { Pager } from '../../_components/list/pager'
import { PlainButton } from '../../_components/ui/button'
import ui from '../../_components/ui/ui.module.css'
import { Section } from '../section'
import { add } from './actions'
import { AdditionFields } from './addition-fields'
import { SuppressionTable } from './suppression-table'

export const metadata: Metadata = { title: 'Suppressed addresses' }

const PAGE_SIZE = 50
const PATH = '/settings/suppressions'

const reasons = Object.values(SuppressionReason).map((value) => ({
  value,
  label: reasonLabels[value],
}))

type Props = { searchParams: Promise<{ after?: string | string[]; from?: string | string[] }> }

export default async function SuppressionsPage({ searchParams }: Props) {
  const viewer = await requireViewer()
  const query = await searchParams
  const after = textOf(query.after)
  const from = textOf(query.from)
  const { data, nextCursor } = await listSuppressions(viewer, { limit: PAGE_SIZE, after, from })
  return (
    <>
      <Section
        title="Suppressed addresses"
        lead="Your mail is not sent to these. Who unsubscribes from a digest is added by itself; mail about passwords goes out all the same."
      >
        {data.length === 0 && !after && !from ? (
          <p className={ui.nothing}>Nobody is left out yet.</p>
        ) : (
          <>
            <form action={PATH} className={ui.line}>
              <Search
                name="from"
                aria-label="Go to address"
                placeholder="Go to address…"
                maxLength={254}
                defaultValue={from ?? ''}
              />
              <PlainButton type="submit">Go</PlainButton>
            </form>
            {data.length > 0 ? (
              <SuppressionTable rows={data} />
            ) : (
              <p className={ui.nothing}>There are no more addresses.</p>
            )}
          </>
        )}
        <Pager
          path={PATH}
          name="after"
          cursor={after ?? from}
          nextCursor={nextCursor}
          first="« First"
          next="More ›"
        />
      </Section>
      <Section title="Add addresses">
        <ActionForm action={add} submit="Add to the list" clear>
          <AdditionFields reasons={reasons} />
        </ActionForm>
      </Section>
    </>
  )
}

function textOf(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, 254) : undefined
}

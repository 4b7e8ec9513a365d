import { IconDownload, IconHistory } from '@tabler/icons-react'
import type { Metadata } from 'next'
import { auditChoices } from '@/app/_server/audit/choices'
import { describeEntries } from '@/app/_server/audit/describe'
import { listAudit, parseAuditQuery } from '@/app/_server/audit/list'
import { requireAdmin } from '@/app/_server/auth/session'
import type { Viewer } from '@/lib/access/viewer'
import { AppError } from '@/lib/errors/app-error'
import { Choose, ChooseDay } from '../../_components/list/filter-fields'
import { FilterForm } from '../../_components/list/filter-form'
import { hrefOf, type SearchParams, valuesOf } from '../../_components/list/href'
import { Pager } from '../../_components/list/pager'
import { DownloadButton, LinkButton } from '../../_components/ui/button'
import { Empty } from '../../_components/ui/empty'
import { PageHeader } from '../../_components/ui/page-header'
import { AuditTable } from './audit-table'

export const metadata: Metadata = { title: 'Audit log' }

const PATH = '/admin/audit'
const PAGE_SIZE = 50

export default async function AuditPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const admin = await requireAdmin()
  const values = valuesOf(await searchParams)
  const { cursor, ...shown } = values
  const [{ data, nextCursor }, choices] = await Promise.all([
    entriesOf(admin, values),
    auditChoices(admin),
  ])
  const isFiltered = Object.keys(shown).length > 0
  return (
    <>
      <PageHeader
        title="Audit log"
        lead="What admins did, and from where. Nothing changes an entry; each is kept for a year."
      >
        <DownloadButton
          href={hrefOf(`${PATH}/export`, shown)}
          icon={<IconDownload size={16} aria-hidden />}
        >
          Export CSV
        </DownloadButton>
      </PageHeader>
      <FilterForm
        path={PATH}
        shown={shown}
        fields={
          <>
            <Choose
              name="actor"
              label="Who"
              any="Anybody"
              value={shown.actor}
              from={choices.actors}
            />
            <Choose
              name="action"
              label="What"
              any="Any action"
              value={shown.action}
              from={choices.actions}
            />
            <Choose
              name="target"
              label="On what"
              any="Anything"
              value={shown.target}
              from={choices.targets}
            />
            <ChooseDay name="from" label="From" value={shown.from} />
            <ChooseDay name="to" label="to" value={shown.to} />
          </>
        }
      >
        {data.length > 0 ? (
          <AuditTable entries={await describeEntries(data)} />
        ) : (
          <Nothing isFiltered={isFiltered} />
        )}
        <Pager path={PATH} values={values} cursor={cursor} nextCursor={nextCursor} />
      </FilterForm>
    </>
  )
}

function Nothing({ isFiltered }: { isFiltered: boolean }) {
  return (
    <Empty
      icon={<IconHistory size={32} stroke={1.4} aria-hidden />}
      title={isFiltered ? 'Nothing found' : 'Nothing yet'}
      action={isFiltered && <LinkButton href={PATH}>Show everything</LinkButton>}
    >
      {isFiltered
        ? 'No entry fits these filters.'
        : 'Whatever an admin does to users, queues or other people’s records is written down here.'}
    </Empty>
  )
}

/** What an address asks for that cannot be is nothing. */
async function entriesOf(admin: Viewer, values: Record<string, string>) {
  try {
    return await listAudit(admin, parseAuditQuery(values), PAGE_SIZE)
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid_input') {
      return { data: [], nextCursor: null }
    }
    throw error
  }
}

import { IconListSearch } from '@tabler/icons-react'
import type { Metadata } from 'next'
import { accountOf } from '@/app/_server/auth/account'
import { requireViewer } from '@/app/_server/auth/session'
import { COUNTED_UP_TO, previewBulk } from '@/app/_server/jobs/ask'
import { countOf, formatCount } from '@/lib/format/count'
import { isBulkAction } from '@/lib/jobs/bulk/action'
import { filterParts } from '@/lib/jobs/bulk/title'
import { REHEARSED } from '@/lib/jobs/types/bulk-action'
import { StatusChip } from '../../_components/job/status-chip'
import { TypeIcon } from '../../_components/job/type-icon'
import type { SearchParams } from '../../_components/list/href'
import { List, Row } from '../../_components/list/list'
import { ActionButton } from '../../_components/ui/action-button'
import { LinkButton } from '../../_components/ui/button'
import { Choice, filesChoice } from '../../_components/ui/choice'
import { Empty } from '../../_components/ui/empty'
import { PageHeader } from '../../_components/ui/page-header'
import ui from '../../_components/ui/ui.module.css'
import { isFolded, readFilter, shownOf } from '../_filters/query'
import { changeAllThatMatch } from '../actions'
import { jobsHref } from '../jobs-href'
import { consequences, verbs } from './words'

export const metadata: Metadata = { title: 'All that match' }

const FORM = 'all-that-match'

/** What would be done to how many jobs, some of them, and the button that does it. */
export default async function MatchingPage({
  searchParams,
}: {
  searchParams: Promise<SearchParams>
}) {
  const viewer = await requireViewer()
  const params = await searchParams
  const { action } = params
  const shown = shownOf(params, viewer)
  const query = readFilter(shown, (await accountOf(viewer)).timezone ?? 'UTC')
  const back = { href: jobsHref(shown), label: 'Jobs' }
  if (!query || !isBulkAction(action)) {
    return (
      <Nothing title="This address cannot be read" href="/jobs">
        It asks for what cannot be done, or for jobs that cannot be.
      </Nothing>
    )
  }
  const { count, sample } = await previewBulk(viewer, { action, filter: query.words })
  if (count === 0) {
    return (
      <Nothing title={`There is nothing to ${action}`} href={back.href}>
        {consequences[action].none}
      </Nothing>
    )
  }
  const rehearses = action === 'retry' && count > REHEARSED
  const isMany = count > COUNTED_UP_TO
  const number = isMany ? `more than ${formatCount(COUNTED_UP_TO)} jobs` : countOf(count, 'job')
  const parts = filterParts(query.words)
  return (
    <>
      <PageHeader
        title={`${verbs[action]} ${number}?`}
        back={back}
        lead={parts.length > 0 ? `All that match: ${parts.join(' · ')}` : 'No filter is set.'}
      />
      <div className={`${ui.card} ${ui.narrow}`}>
        <p>{consequences[action].sentence}</p>
        {isFolded(shown) && <p>Deliveries of events, which the list hides, are among them.</p>}
        <h2>{count > sample.length ? `The newest ${sample.length} of them` : 'These are'}</h2>
        <List label="Some of the jobs that match">
          {sample.map(({ id, title, type, status }) => (
            <Row key={id} start={<TypeIcon type={type} />} title={title} href={`/jobs/${id}`}>
              <StatusChip status={status.toLowerCase()} />
            </Row>
          ))}
        </List>
        {rehearses && (
          <p>
            {REHEARSED} of them are tried first. When these have completed, the others follow by
            themselves; if one fails again, the others stay as they are, and you see why.
          </p>
        )}
        <p className={ui.dim}>
          A job of its own does it in the background: you see how far it is, and can cancel it.
          {viewer.role === 'ADMIN' && !query.words.owner && ' It is about the jobs of everybody.'}
        </p>
        {action === 'delete' && <Choice {...filesChoice()} form={FORM} />}
        <div className={ui.line}>
          <ActionButton
            action={changeAllThatMatch}
            fields={{ ...fieldsOf(query.words), action }}
            formId={FORM}
            kind={action === 'retry' ? 'primary' : 'danger'}
          >
            {`${verbs[action]} ${isMany ? 'them all' : number}`}
          </ActionButton>
          {rehearses && (
            <ActionButton
              action={changeAllThatMatch}
              fields={{ ...fieldsOf(query.words), action, atOnce: 'yes' }}
            >
              All at once
            </ActionButton>
          )}
          <LinkButton href={back.href}>Keep them as they are</LinkButton>
        </div>
      </div>
    </>
  )
}

type NothingProps = { title: string; href: string; children: string }

function Nothing({ title, href, children }: NothingProps) {
  return (
    <Empty
      isPage
      icon={<IconListSearch size={32} stroke={1.4} aria-hidden />}
      title={title}
      action={<LinkButton href={href}>Back to the jobs</LinkButton>}
    >
      {children}
    </Empty>
  )
}

function fieldsOf(words: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(words).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  )
}

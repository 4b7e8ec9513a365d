import Link from 'next/link'
import type { ListedNotice } from '@/app/_server/alerts/list'
import { countOf } from '@/lib/format/count'
import { StatusChip } from '../../_components/job/status-chip'
import ui from '../../_components/ui/ui.module.css'

const kinds = { FIRED: 'Alert', RESOLVED: 'Resolved', TEST: 'Test' } as const

/** Who was told, and how the jobs stand that carry it. */
export function Notices({ notices }: { notices: ListedNotice[] }) {
  const failed = notices.filter(({ status, problem }) => problem || status === 'FAILED').length
  return (
    <details className={ui.note}>
      <summary>
        {countOf(notices.length, 'message')}
        {failed > 0 && (
          <span className={ui.tone} data-status="failed">
            {' '}
            · {failed} not delivered
          </span>
        )}
      </summary>
      <ul className={ui.plain}>
        {notices.map(({ id, kind, channelName, receiver, jobId, status, problem }) => (
          <li key={id} className={ui.line}>
            <span>
              <Sentence notice={{ kind, receiver, jobId: status && jobId }} />{' '}
              <span className={ui.dim}>({channelName})</span>
            </span>
            {problem && (
              <span className={ui.tone} data-status="failed">
                {problem}
              </span>
            )}
            {status && <StatusChip status={status.toLowerCase()} />}
          </li>
        ))}
      </ul>
    </details>
  )
}

type SentenceProps = {
  notice: Pick<ListedNotice, 'kind' | 'receiver'> & { jobId: string | null | undefined }
}

/** Leads to the job while that is kept. */
function Sentence({ notice: { kind, receiver, jobId } }: SentenceProps) {
  const text = `${kinds[kind]} to ${receiver}`
  if (!jobId) return text
  return (
    <Link href={`/jobs/${jobId}`} className={ui.link} prefetch={false}>
      {text}
    </Link>
  )
}

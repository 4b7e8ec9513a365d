import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import Link from 'next/link'
import type { ListedAlert } from '@/app/_server/alerts/list'
import { headingOf } from '@/lib/alerts/message'
import { formatDuration } from '@/lib/format/duration'
import { Cell, Row } from '../../_components/list/list'
import { Ago } from '../../_components/time/ago'
import { Moment } from '../../_components/time/moment'
import ui from '../../_components/ui/ui.module.css'
import { Notices } from './notices'

/** One alert: what was found, since when or how long, and who was told. */
export function AlertRow({ alert }: { alert: ListedAlert }) {
  const { ruleId, message, resolution, firedAt, resolvedAt, toldAt, quietUntil, notices } = alert
  const Icon = resolvedAt ? IconCircleCheck : IconAlertTriangle
  const heading = headingOf(alert)
  return (
    <Row
      status={resolvedAt ? 'completed' : 'failed'}
      start={<Icon size={20} stroke={1.7} aria-hidden />}
      title={
        <h3>
          {ruleId ? (
            <Link href={`/admin/alerts/rules/${ruleId}`} className={ui.link}>
              {heading}
            </Link>
          ) : (
            heading
          )}
        </h3>
      }
      note={
        <>
          <p>{message}</p>
          {resolution && resolution !== 'It is over.' && <p>{resolution}</p>}
          {notices.length > 0 && <Notices notices={notices} />}
          {!toldAt && (
            <p className={ui.note}>
              {quietUntil && !resolvedAt ? (
                <>
                  Nobody is told before <Moment at={quietUntil.toISOString()} />: it was told of a
                  short while ago.
                </>
              ) : (
                'Nobody was told: it came back within the quiet time.'
              )}
            </p>
          )}
        </>
      }
    >
      <Cell width="wide" end>
        <strong className={ui.tone}>{resolvedAt ? 'Over' : 'Open'}</strong>
        {resolvedAt && (
          <span>lasted {formatDuration(resolvedAt.getTime() - firedAt.getTime())}</span>
        )}
        <Ago at={firedAt.toISOString()} />
      </Cell>
    </Row>
  )
}

import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import Link from 'next/link'
import type { ListedAlert } from '@/lib/alerts/list'
import { headingOf } from '@/lib/alerts/message'
import { formatDuration } from '@/lib/format/duration'
import { Ago } from '../../_components/time/ago'
import { Moment } from '../../_components/time/moment'
import classes from './alerts.module.css'
import { Notices } from './notices'

/** One alert: what was found, since when or how long, and who was told. */
export function AlertRow({ alert }: { alert: ListedAlert }) {
  const { ruleId, message, resolution, firedAt, resolvedAt, toldAt, quietUntil, notices } = alert
  const Icon = resolvedAt ? IconCircleCheck : IconAlertTriangle
  const heading = headingOf(alert)
  return (
    <li data-open={resolvedAt === null}>
      <Icon size={20} stroke={1.7} aria-hidden className={classes.icon} />
      <div className={classes.words}>
        <h3>
          {ruleId ? (
            <Link href={`/admin/alerts/rules/${ruleId}`} className={classes.rule}>
              {heading}
            </Link>
          ) : (
            heading
          )}
        </h3>
        <p>{message}</p>
        {resolution && resolution !== 'It is over.' && <p>{resolution}</p>}
        {notices.length > 0 && <Notices notices={notices} />}
        {!toldAt && (
          <p className={classes.quiet}>
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
      </div>
      <div className={classes.when}>
        <span className={classes.state}>{resolvedAt ? 'Over' : 'Open'}</span>
        {resolvedAt && (
          <span>lasted {formatDuration(resolvedAt.getTime() - firedAt.getTime())}</span>
        )}
        <Ago at={firedAt.toISOString()} />
      </div>
    </li>
  )
}

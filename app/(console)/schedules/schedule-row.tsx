import Link from 'next/link'
import { findDefinition } from '@/lib/jobs/catalog'
import type { ScheduleView } from '@/lib/schedules/view'
import { StatusChip } from '../_components/job/status-chip'
import { TypeIcon } from '../_components/job/type-icon'
import { Ago } from '../_components/time/ago'
import { PausedChip } from './paused-chip'
import classes from './schedules.module.css'

type Props = {
  schedule: ScheduleView
  /** Whose it is, where that is not plain. */
  owner: string | undefined
}

/** A schedule of the list: what it does and when, its next run and its last. */
export function ScheduleRow({ schedule, owner }: Props) {
  const { id, name, type, description, timezone, enabled, nextFireAt, lastRun } = schedule
  const label = findDefinition(type)?.label ?? type
  return (
    <li>
      <div className={classes.what}>
        <TypeIcon type={type} />
        <div>
          <Link href={`/schedules/${id}`} className={classes.name} prefetch={false}>
            {name}
          </Link>
          <p className={classes.dim}>
            {label} · {description} · {timezone}
            {owner && ` · ${owner}`}
          </p>
        </div>
      </div>
      <div className={classes.cell}>
        {!enabled && <PausedChip />}
        {enabled && nextFireAt && (
          <span className={classes.dim}>
            next <Ago at={nextFireAt} />
          </span>
        )}
        {enabled && !nextFireAt && <span className={classes.dim}>never again</span>}
      </div>
      <div className={classes.cell}>
        {lastRun ? (
          <>
            <StatusChip status={lastRun.status} />
            <span className={classes.dim}>
              <Ago at={lastRun.createdAt} />
            </span>
          </>
        ) : (
          <span className={classes.dim}>has not run yet</span>
        )}
      </div>
    </li>
  )
}

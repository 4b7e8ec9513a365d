import type { ScheduleView } from '@/app/_server/schedules/view'
import { findDefinition } from '@/lib/jobs/catalog'
import { StatusChip } from '../_components/job/status-chip'
import { TypeIcon } from '../_components/job/type-icon'
import { Cell, Row } from '../_components/list/list'
import { Ago } from '../_components/time/ago'
import ui from '../_components/ui/ui.module.css'
import { PausedChip } from './paused-chip'

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
    <Row
      start={<TypeIcon type={type} />}
      title={name}
      href={`/schedules/${id}`}
      note={
        <p className={ui.note}>
          {label} · {description} · {timezone}
          {owner && ` · ${owner}`}
        </p>
      }
    >
      <Cell width="wide">
        {!enabled && <PausedChip />}
        {enabled &&
          (nextFireAt ? (
            <span>
              next <Ago at={nextFireAt} />
            </span>
          ) : (
            'never again'
          ))}
      </Cell>
      <Cell width="wide">
        {lastRun ? (
          <>
            <StatusChip status={lastRun.status} />
            <Ago at={lastRun.createdAt} />
          </>
        ) : (
          'has not run yet'
        )}
      </Cell>
    </Row>
  )
}

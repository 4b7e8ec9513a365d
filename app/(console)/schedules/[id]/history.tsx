import type { ListedFire } from '@/app/_server/schedules/history'
import type { FireOutcome } from '@/lib/db/generated/enums'
import { StatusChip } from '../../_components/job/status-chip'
import { Cell, List, Row } from '../../_components/list/list'
import { Moment } from '../../_components/time/moment'
import { Chip } from '../../_components/ui/chip'
import ui from '../../_components/ui/ui.module.css'

/** What became of a schedule's times, latest first. */
export function History({ fires }: { fires: ListedFire[] }) {
  return (
    <List label="Runs, latest first">
      {fires.map(({ fireAt, job, outcome, detail }) => (
        <Row
          key={fireAt.getTime()}
          start={
            <Cell width="wide">
              <Moment at={fireAt.toISOString()} />
            </Cell>
          }
          title={job ? job.title : words[outcome]}
          href={job ? `/jobs/${job.id}` : undefined}
          note={detail && <p className={ui.note}>{detail}</p>}
        >
          <Outcome job={job} outcome={outcome} />
        </Row>
      ))}
    </List>
  )
}

const words: Record<FireOutcome, string> = {
  CREATED: 'Its job is no longer kept.',
  SKIPPED_OVERLAP: 'An earlier run went on',
  SKIPPED_MISSED: 'Missed',
  REFUSED: 'The job could not be made',
}

function Outcome({ job, outcome }: Pick<ListedFire, 'job' | 'outcome'>) {
  if (outcome === 'CREATED') return job && <StatusChip status={job.status.toLowerCase()} />
  if (outcome === 'REFUSED') return <Chip status="failed">Refused</Chip>
  return <Chip status="canceled">Skipped</Chip>
}

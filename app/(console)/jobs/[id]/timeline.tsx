import { millisecondsBetween } from '@/lib/format/duration'
import type { AttemptView, JobView } from '@/lib/jobs/view'
import { Moment } from '../../_components/time/moment'
import { RunningTime } from '../../_components/time/running-time'
import ui from '../../_components/ui/ui.module.css'
import classes from './job.module.css'
import { type Step, timelineOf } from './timeline-steps'

/** What happened to the job, from when it was asked for. */
export function Timeline({ job, attempts }: { job: JobView; attempts: AttemptView[] }) {
  const steps = timelineOf(job, attempts)
  const spans = steps.filter(({ at, until }) => until !== null && until !== at)
  return (
    <>
      {spans.length > 1 && (
        <div className={classes.spans} aria-hidden>
          {spans.map((step) => (
            <span
              key={step.key}
              data-status={step.status}
              title={step.label}
              style={{ flexGrow: weight(step) }}
            />
          ))}
        </div>
      )}
      <ol className={classes.timeline}>
        {steps.map((step) => (
          <li key={step.key} data-status={step.status}>
            <div className={ui.line}>
              <strong className={ui.strong}>{step.label}</strong>
              {step.until !== step.at && (
                <span className={ui.note}>
                  <RunningTime from={step.at} to={step.until} />
                </span>
              )}
            </div>
            <div className={ui.note}>
              <Moment at={step.at} precise />
              {step.note && ` · ${step.note}`}
            </div>
          </li>
        ))}
      </ol>
    </>
  )
}

/** Squeezed, so that a wait of a moment still shows beside a run of minutes. */
function weight({ at, until }: Step): number {
  return Math.sqrt(millisecondsBetween(at, until ?? at)) + 4
}

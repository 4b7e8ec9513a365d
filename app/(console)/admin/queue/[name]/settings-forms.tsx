import { ActionForm } from '@/app/form/action-form'
import { TextField } from '@/app/form/fields'
import { formatDuration } from '@/lib/format/duration'
import type { RateLimit } from '@/lib/queue/settings'
import ui from '../../../_components/ui/ui.module.css'
import { changeConcurrency, changeRateLimit } from './actions'

type ConcurrencyProps = { queue: string; concurrency: number | null; usual: number }

/** How many jobs of the queue each worker runs at once. */
export function ConcurrencyForm({ queue, concurrency, usual }: ConcurrencyProps) {
  return (
    <div className={ui.card}>
      <ActionForm action={changeConcurrency} submit="Save concurrency" variant="default">
        <input type="hidden" name="queue" value={queue} />
        <TextField
          name="concurrency"
          label="Jobs one worker runs at once"
          description={`Empty: ${usual}, as the job type says, or what the worker’s environment sets.`}
          defaultValue={concurrency?.toString() ?? ''}
          optional
          autoComplete="off"
        />
      </ActionForm>
    </div>
  )
}

type LimitProps = { queue: string; limit: RateLimit | null; usual: RateLimit | undefined }

/** How many jobs of the queue start within a time, over all workers. */
export function RateLimitForm({ queue, limit, usual }: LimitProps) {
  const otherwise = usual ? `${usual.max} in ${formatDuration(usual.durationMs)}` : 'no limit'
  return (
    <div className={ui.card}>
      <ActionForm action={changeRateLimit} submit="Save rate limit" variant="default">
        <input type="hidden" name="queue" value={queue} />
        <TextField
          name="max"
          label="Most jobs that start"
          description={`Counted over all workers. Empty: ${otherwise}, as the job type says.`}
          defaultValue={limit?.max.toString() ?? ''}
          optional
          autoComplete="off"
        />
        <TextField
          name="seconds"
          label="in this many seconds"
          defaultValue={limit ? `${limit.durationMs / 1_000}` : '60'}
          optional
          autoComplete="off"
        />
      </ActionForm>
    </div>
  )
}

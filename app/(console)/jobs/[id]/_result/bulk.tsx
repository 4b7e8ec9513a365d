import Link from 'next/link'
import { countOf, formatCount } from '@/lib/format/count'
import { catalog } from '@/lib/jobs/catalog'
import type { JobView } from '@/lib/jobs/view'
import ui from '../../../_components/ui/ui.module.css'
import { jobsHref } from '../../jobs-href'
import { JsonBlock } from '../json-block'

const done = {
  retry: 'run again',
  cancel: 'were canceled, or told to stop',
  promote: 'are due now',
  delete: 'are gone',
}

/** How many jobs an action on all that match has changed. */
export function BulkResult({ job }: { job: JobView }) {
  const type = catalog['bulk-action']
  const result = type.output.safeParse(job.result)
  const input = type.input.safeParse(job.input)
  if (!result.success || !input.success) {
    return <JsonBlock value={job.result} whole={`/api/v1/jobs/${job.id}`} />
  }
  const { matched, changed, skipped } = result.data
  const { action, filter } = input.data
  return (
    <div className={ui.card}>
      <p>
        <strong>{formatCount(changed)}</strong> of {countOf(matched, 'job')} that matched{' '}
        {done[action]}.
        {skipped > 0 &&
          ` ${formatCount(skipped)} changed by themselves meanwhile, or are under way as another job, and were left alone.`}
      </p>
      <p>
        <Link href={jobsHref({ ...filter, status: '' })} className={ui.link}>
          The jobs of this filter
        </Link>
      </p>
    </div>
  )
}

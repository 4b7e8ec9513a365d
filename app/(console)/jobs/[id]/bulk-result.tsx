import Link from 'next/link'
import { countOf, formatCount } from '@/lib/format/count'
import { catalog } from '@/lib/jobs/catalog'
import type { JobView } from '@/lib/jobs/view'
import page from '../../_components/ui/page.module.css'
import { jobsHref } from '../jobs-href'
import { JsonBlock } from './json-block'

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
    return <JsonBlock value={job.result} whole={`/api/v1/jobs/${job.id}`} label="Result" />
  }
  const { matched, changed, skipped } = result.data
  const { action, filter } = input.data
  return (
    <div className={page.card}>
      <p style={{ margin: 0 }}>
        <strong>{formatCount(changed)}</strong> of {countOf(matched, 'job')} that matched{' '}
        {done[action]}.
        {skipped > 0 &&
          ` ${formatCount(skipped)} changed by themselves meanwhile, or are under way as another job, and were left alone.`}
      </p>
      <p style={{ margin: '12px 0 0' }}>
        <Link href={jobsHref({ ...filter, status: '' })} className={page.link}>
          The jobs of this filter
        </Link>
      </p>
    </div>
  )
}

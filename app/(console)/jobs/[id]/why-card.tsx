import { IconAlertCircle } from '@tabler/icons-react'
import Link from 'next/link'
import type { Comparison } from '@/app/_server/job-page/why-failed'
import { ALIKE_UP_TO, type Alike } from '@/app/_server/jobs/errors'
import { countOf, formatCount } from '@/lib/format/count'
import type { JobView } from '@/lib/jobs/view'
import { StackingTable } from '../../_components/list/table'
import { Ago } from '../../_components/time/ago'
import { CodeBlock } from '../../_components/ui/code-block'
import { Notice } from '../../_components/ui/notice'
import ui from '../../_components/ui/ui.module.css'
import { jobsHref } from '../jobs-href'
import type { Advice } from './advice'
import classes from './job.module.css'

type Props = {
  error: NonNullable<JobView['error']>
  advice: Advice
  /** For admins, where there is one. */
  stack: string | undefined
  comparison: Comparison | undefined
  alike: Alike | undefined
}

/** Why the job failed: the error, what to do next, what is different when it works, and who else has it. */
export function WhyCard({ error, advice, stack, comparison, alike }: Props) {
  return (
    <Notice label="Why it failed" status="failed" icon={<IconAlertCircle size={20} aria-hidden />}>
      <p>
        <strong>{error.message}</strong>{' '}
        {error.code && <code className={`${ui.mono} ${ui.tone}`}>{error.code}</code>}
      </p>
      <p>
        {advice.sentence}{' '}
        {advice.link && (
          <Link href={advice.link.href} className={ui.link}>
            {advice.link.label}
          </Link>
        )}
      </p>
      {comparison && <Compared {...comparison} />}
      {alike && <AlikeJobs {...alike} />}
      {stack && (
        <details className={classes.stack}>
          <summary>Stack trace</summary>
          <CodeBlock text={stack} />
        </details>
      )}
    </Notice>
  )
}

function Compared({ success, differences, more, same }: Comparison) {
  return (
    <section aria-label="Compared with the last success" className={classes.compared}>
      <p>
        The last job of its kind that completed is{' '}
        <Link href={`/jobs/${success.id}`} className={ui.link}>
          {success.title}
        </Link>
        , <Ago at={success.finishedAt} />
        {success.isLater && ': after this one had failed'}.
        {same.length > 0 && ` The same there: ${same.join(', ')}.`}
      </p>
      {differences.length > 0 && (
        <StackingTable label="What differs">
          <thead>
            <tr>
              <th scope="col">What differs</th>
              <th scope="col">This job</th>
              <th scope="col">The last success</th>
            </tr>
          </thead>
          <tbody>
            {differences.map(({ label, here, there }) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                <td data-label="This job">{here}</td>
                <td data-label="The last success">{there}</td>
              </tr>
            ))}
          </tbody>
        </StackingTable>
      )}
      {more > 0 && <p className={ui.note}>And {countOf(more, 'more field')} of the input.</p>}
    </section>
  )
}

function AlikeJobs({ group, count, since, newest }: Alike) {
  const many = count > ALIKE_UP_TO
  const jobs = many
    ? `More than ${formatCount(ALIKE_UP_TO)} other jobs`
    : countOf(count, 'other job')
  return (
    <p>
      <Link href={jobsHref({ error: group })} className={ui.link}>
        {jobs} failed like this
      </Link>
      , {many ? 'the first of these' : count > 1 ? 'the first' : ''} <Ago at={since} />:{' '}
      {newest.map(({ id, title }, index) => (
        <span key={id}>
          {index > 0 && ', '}
          <Link href={`/jobs/${id}`} className={ui.link}>
            {title}
          </Link>
        </span>
      ))}
      {count > newest.length && ', …'}
    </p>
  )
}

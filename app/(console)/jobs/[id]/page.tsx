import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { requireViewer } from '@/app/_server/auth/session'
import { propertyOf } from '@/app/_server/forms/write'
import { BULK_TYPE } from '@/lib/jobs/bulk/action'
import { jobSummary } from '@/lib/jobs/view'
import { PauseNotice } from '../../_components/job/pause-notice'
import { KeepFresh } from '../../_components/live/keep-fresh'
import { Result } from './_result/result'
import { waitsForATime } from './_story/steps'
import { Story } from './_story/story'
import { Actions } from './actions-bar'
import { JobFacts } from './facts'
import { Header } from './header'
import { Input } from './input'
import { jobOf, loadJob } from './load'
import { Rehearsal } from './rehearsal'
import { WhyCard } from './why-card'

/** Others' jobs are no business of this page's stream, and still change why a job waits. */
const WAITING_FRESH_MS = 5_000
/** Which jobs a bulk action tries first is known a moment after it has begun. */
const REHEARSAL_FRESH_MS = 2_000

/** Where the tabs that this page once had lead to. */
const sections = new Map([
  ['result', 'result'],
  ['input', 'input'],
  ['attempts', 'story'],
  ['logs', 'story'],
  ['timeline', 'story'],
])

type Props = {
  params: Promise<{ id: string }>
  searchParams: Promise<{ tab?: string | string[] }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await jobOf((await params).id)).title }
}

export default async function JobPage({ params, searchParams }: Props) {
  const [viewer, { id }, { tab }] = await Promise.all([requireViewer(), params, searchParams])
  const section = sections.get(String(tab))
  if (section) redirect(`/jobs/${id}#${section}`)
  const record = await jobOf(id)
  const loaded = await loadJob(viewer, record)
  const { job, pause, advice, story } = loaded
  const summary = { ...jobSummary(record), paused: pause !== undefined }
  const result = <Result job={job} viewer={viewer} />
  const isAdmin = viewer.role === 'ADMIN'
  return (
    <>
      {story.waiting && !waitsForATime(story.waiting) && <KeepFresh everyMs={WAITING_FRESH_MS} />}
      <Header {...loaded} summary={summary} owner={isAdmin ? loaded.owner : undefined}>
        <Actions job={job} remedy={advice?.remedy} file={loaded.file} />
      </Header>
      <JobFacts job={job} attempts={story.attempts} />
      {advice && job.error && (
        <WhyCard
          {...loaded}
          error={job.error}
          advice={advice}
          stack={isAdmin ? stackOf(record.error) : undefined}
        />
      )}
      {pause && <PauseNotice pauses={[pause]} viewer={viewer} />}
      {job.type === BULK_TYPE && !job.finishedAt && <KeepFresh everyMs={REHEARSAL_FRESH_MS} />}
      {job.type === BULK_TYPE && <Rehearsal id={job.id} viewer={viewer} />}
      {job.status === 'completed' && result}
      <Story {...loaded.story} job={summary} />
      {job.status !== 'completed' && result}
      <Input {...loaded} />
    </>
  )
}

function stackOf(error: unknown): string | undefined {
  const stack = propertyOf(error, 'stack')
  return typeof stack === 'string' ? stack : undefined
}

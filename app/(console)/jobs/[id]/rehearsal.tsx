import { listRehearsed } from '@/app/_server/jobs/rehearsed'
import type { Viewer } from '@/lib/access/viewer'
import { jobSummary } from '@/lib/jobs/view'
import { JobTable } from '../../_components/job/job-table'
import { Section } from '../../_components/ui/section'

/** The first few jobs of a bulk action, which the others wait for. */
export async function Rehearsal({ id, viewer }: { id: string; viewer: Viewer }) {
  const jobs = await listRehearsed(viewer, id)
  if (jobs.length === 0) return null
  return (
    <Section id="rehearsal" title="Rehearsal">
      <JobTable jobs={jobs.map(jobSummary)} label="The first jobs, which the others wait for" />
    </Section>
  )
}

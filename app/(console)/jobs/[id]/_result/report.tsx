import { IconExternalLink } from '@tabler/icons-react'
import type { z } from 'zod'
import type { Viewer } from '@/lib/access/viewer'
import { getFile } from '@/lib/files/read'
import { formatBytes } from '@/lib/format/bytes'
import { formatCount } from '@/lib/format/count'
import { formatDuration } from '@/lib/format/duration'
import { catalog } from '@/lib/jobs/catalog'
import type { JobView } from '@/lib/jobs/view'
import { rangeWords, rateWords } from '@/lib/reports/words'
import { Facts, Figure } from '../../../_components/list/facts'
import { orUndefined } from '../../../_components/or-not-found'
import ui from '../../../_components/ui/ui.module.css'
import { JsonBlock } from '../json-block'
import classes from './result.module.css'

/** A report's figures, and the first page of a PDF as it is. */
export async function ReportResult({ job, viewer }: { job: JobView; viewer: Viewer }) {
  const output = catalog.report.output.safeParse(job.result)
  if (!output.success) {
    return <JsonBlock value={job.result} whole={`/api/v1/jobs/${job.id}`} />
  }
  const { from, to, timezone, format, bytes, fileId } = output.data
  const range = rangeWords({ from: new Date(from), to: new Date(to) }, timezone)
  const isThere = await orUndefined(getFile(viewer, fileId))
  return (
    <>
      <KeyFigures figures={output.data} />
      <p className={ui.note}>
        {range}, {timezone} time · {format.toUpperCase()} · {formatBytes(bytes)}
      </p>
      {!isThere && (
        <p className={ui.nothing}>The file was deleted. Duplicate the job to make it again.</p>
      )}
      {isThere && format === 'pdf' && <FirstPage fileId={fileId} title={job.title} />}
    </>
  )
}

type Figures = z.output<typeof catalog.report.output>

function KeyFigures({ figures }: { figures: Figures }) {
  const { jobs, completed, failed, successRate, waitP50Ms, waitP95Ms, runP50Ms, runP95Ms } = figures
  return (
    <Facts layout="strip">
      <Figure name="Jobs" value={formatCount(jobs)} note={`${formatCount(completed)} completed`} />
      <Figure
        name="Success rate"
        value={rateWords(successRate)}
        note={`${formatCount(failed)} failed`}
      />
      <Figure name="Waiting time" value={time(waitP50Ms)} note={within(waitP95Ms)} />
      <Figure name="Run time" value={time(runP50Ms)} note={within(runP95Ms)} />
    </Facts>
  )
}

/** Phones show no PDF within a page: there the link stands alone. */
function FirstPage({ fileId, title }: { fileId: string; title: string }) {
  const url = `/api/v1/files/${fileId}/content?inline=1`
  return (
    <>
      <p>
        <a href={url} target="_blank" rel="noreferrer" className={ui.link}>
          <IconExternalLink size={15} aria-hidden /> Open the PDF
        </a>
      </p>
      <iframe
        className={`${ui.paper} ${classes.sheet}`}
        src={`${url}#toolbar=0&navpanes=0&view=FitH`}
        title={`First page of “${title}”`}
        loading="lazy"
      />
    </>
  )
}

function time(milliseconds: number | null): string {
  return milliseconds === null ? '–' : formatDuration(milliseconds)
}

function within(milliseconds: number | null): string {
  return milliseconds === null ? 'no job has run' : `95 % within ${formatDuration(milliseconds)}`
}

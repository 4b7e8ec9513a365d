import {
  IconCopyPlus,
  IconDownload,
  IconPlayerStop,
  IconRefresh,
  IconTrash,
} from '@tabler/icons-react'
import { catalog, findDefinition } from '@/lib/jobs/catalog'
import { statusOf } from '@/lib/jobs/status'
import { startsFrom, type Transition } from '@/lib/jobs/transitions/table'
import type { JobView } from '@/lib/jobs/view'
import { ActionButton } from '../../_components/ui/action-button'
import { DownloadButton, LinkButton } from '../../_components/ui/button'
import { filesChoice } from '../../_components/ui/choice'
import { ConfirmButton } from '../../_components/ui/confirm-button'
import { cancel, remove, retry } from './actions'
import type { Advice } from './advice'

const ICON = { size: 16, 'aria-hidden': true } as const

type Props = {
  job: JobView
  /** What helps it, where it has failed. */
  remedy: Advice['remedy']
  /** The name of the file that it made, while that is there. */
  file: string | undefined
}

/** What can be done with the job in its present state; what most likely helps is the main button. */
export function Actions({ job, remedy, file }: Props) {
  const status = statusOf(job.status)
  const may = (transition: Transition) => status !== undefined && startsFrom(transition, status)
  const download = resultFile(job)
  const fields = { id: job.id }
  return (
    <>
      {may('retry') && (
        <ActionButton
          action={retry}
          fields={fields}
          kind={remedy === 'retry' ? 'primary' : undefined}
          icon={<IconRefresh {...ICON} />}
        >
          Retry
        </ActionButton>
      )}
      {may('cancel') && (
        <ConfirmButton
          action={cancel}
          fields={fields}
          icon={<IconPlayerStop {...ICON} />}
          title={`Cancel “${job.title}”?`}
          consequence={cancelConsequence(job)}
          confirm="Cancel job"
          keep="Let it go on"
        >
          Cancel
        </ConfirmButton>
      )}
      {findDefinition(job.type)?.userFacing && (
        <LinkButton
          href={`/jobs/new/${job.type}?from=${job.id}`}
          kind={remedy === 'duplicate' ? 'primary' : undefined}
          icon={<IconCopyPlus {...ICON} />}
        >
          {remedy === 'duplicate' ? 'Duplicate with changes' : 'Duplicate'}
        </LinkButton>
      )}
      {download && file && (
        <DownloadButton
          href={`/api/v1/files/${download}/content`}
          kind="primary"
          icon={<IconDownload {...ICON} />}
        >
          Download
        </DownloadButton>
      )}
      {may('remove') && (
        <ConfirmButton
          action={remove}
          fields={fields}
          icon={<IconTrash {...ICON} />}
          aria-label="Delete"
          title={`Delete “${job.title}”?`}
          consequence="The job, its attempts, its log and its mail in the outbox are removed for good."
          choice={file ? filesChoice(`the file it made, “${file}”`) : undefined}
          confirm="Delete job"
        />
      )}
    </>
  )
}

function cancelConsequence({ status, type }: JobView): string {
  if (status !== 'active') return 'It will not run. You can retry it later.'
  if (type === 'email' || type === 'webhook') {
    const what = type === 'email' ? 'mail' : 'request'
    return `Its worker is told to stop at once. A ${what} that is on its way already may still arrive.`
  }
  return 'Its worker is told to stop at once; what it has made so far is dropped. You can retry it later.'
}

function resultFile(job: JobView): string | undefined {
  if (job.status !== 'completed' || (job.type !== 'image' && job.type !== 'report'))
    return undefined
  const parsed = catalog[job.type].output.safeParse(job.result)
  return parsed.success ? parsed.data.fileId : undefined
}

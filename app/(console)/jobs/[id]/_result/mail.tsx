import Link from 'next/link'
import type { Viewer } from '@/lib/access/viewer'
import { catalog } from '@/lib/jobs/catalog'
import type { JobView } from '@/lib/jobs/view'
import { getMail } from '@/lib/mail/outbox'
import { Fact, Facts } from '../../../_components/list/facts'
import { orUndefined } from '../../../_components/or-not-found'
import { MailFrame } from '../../../_components/ui/mail-frame'
import ui from '../../../_components/ui/ui.module.css'
import { JsonBlock } from '../json-block'

/** The mail as it was kept, or where it was handed to. */
export async function MailResult({ job, viewer }: { job: JobView; viewer: Viewer }) {
  const output = catalog.email.output.safeParse(job.result)
  if (!output.success) {
    return <JsonBlock value={job.result} whole={`/api/v1/jobs/${job.id}`} />
  }
  const { messageId, delivery, mailId } = output.data
  const mail = mailId ? await orUndefined(getMail(viewer, mailId)) : undefined
  return (
    <>
      <Facts layout="pairs">
        <Fact name="Delivery">
          {delivery === 'smtp' ? 'The mail server accepted it.' : 'Kept in the outbox. '}
          {mail && (
            <Link href={`/outbox/${mail.id}`} className={ui.link}>
              Open it there
            </Link>
          )}
        </Fact>
        {mail && <Fact name="Subject">{mail.subject}</Fact>}
        <Fact name="Message-ID">
          <code className={ui.mono}>{messageId}</code>
        </Fact>
      </Facts>
      {mail && <MailFrame html={mail.html} title={`The mail “${mail.subject}”`} height={420} />}
    </>
  )
}

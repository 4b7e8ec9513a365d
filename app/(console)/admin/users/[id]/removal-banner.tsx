import Link from 'next/link'
import type { Person } from '@/app/_server/users/person'
import { LinkButton } from '../../../_components/ui/button'
import { Notice } from '../../../_components/ui/notice'
import ui from '../../../_components/ui/ui.module.css'

type Props = { person: Person; job: { id: string; status: string } | null }

/** Says that an account goes, how far that is, and how to go on when it got stuck. */
export function RemovalBanner({ person, job }: Props) {
  const what = person.removal === 'DELETE' ? 'deleted' : 'anonymized'
  const isStuck = !job || job.status === 'FAILED' || job.status === 'CANCELED'
  return (
    <Notice label="Removal" status="failed">
      <p>
        {isStuck
          ? `This account is locked, but was not ${what} to the end.`
          : `This account is locked and is being ${what}.`}{' '}
        {job && (
          <Link href={`/jobs/${job.id}`} className={ui.link} prefetch={false}>
            See the job
          </Link>
        )}
      </p>
      {isStuck && (
        <LinkButton href={`/admin/users/${person.id}/remove`} size="small">
          Go on with it
        </LinkButton>
      )}
    </Notice>
  )
}

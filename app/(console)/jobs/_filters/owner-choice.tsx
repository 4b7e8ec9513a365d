import Link from 'next/link'
import { redirect } from 'next/navigation'
import { findPeople } from '@/app/_server/auth/find-people'
import type { Viewer } from '@/lib/access/viewer'
import { SYSTEM } from '@/lib/jobs/lists/filter'
import { Notice } from '../../_components/ui/notice'
import ui from '../../_components/ui/ui.module.css'
import { jobsHref } from '../jobs-href'
import type { Shown } from './query'

type Props = { viewer: Viewer; who: string; shown: Shown }

/** Whom an admin may mean, by a part of a name or an email; leads straight on where it is one. */
export async function OwnerChoice({ viewer, who, shown }: Props) {
  const people = await findPeople(viewer, who)
  const found = [
    ...people.map(({ id, name, email }) => ({ id, name, note: email })),
    ...(SYSTEM.startsWith(who.toLowerCase())
      ? [{ id: SYSTEM, name: 'System', note: 'jobs that nobody owns' }]
      : []),
  ]
  const [only] = found
  if (only && found.length === 1) redirect(jobsHref({ ...shown, owner: only.id }))
  if (found.length === 0) return <Notice label="Owner">Nobody here is called “{who}”.</Notice>
  return (
    <Notice label="Owner">
      <nav className={ui.line} aria-label="Whose jobs">
        <span className={ui.dim}>Whose jobs?</span>
        {found.map(({ id, name, note }) => (
          <Link key={id} href={jobsHref({ ...shown, owner: id })} className={ui.link}>
            {name} <span className={ui.dim}>{note}</span>
          </Link>
        ))}
      </nav>
    </Notice>
  )
}

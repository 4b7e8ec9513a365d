import Link from 'next/link'
import { redirect } from 'next/navigation'
import { findPeople } from '@/lib/auth/find-people'
import type { Viewer } from '@/lib/auth/viewer'
import { SYSTEM } from '@/lib/jobs/filter'
import classes from './jobs.module.css'
import { jobsHref } from './jobs-href'
import type { Shown } from './shown'

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
  if (found.length === 0) return <p className={classes.whose}>Nobody here is called “{who}”.</p>
  return (
    <nav className={classes.whose} aria-label="Whose jobs">
      <span>Whose jobs?</span>
      {found.map(({ id, name, note }) => (
        <Link key={id} href={jobsHref({ ...shown, owner: id })} className={classes.person}>
          {name} <span>{note}</span>
        </Link>
      ))}
    </nav>
  )
}

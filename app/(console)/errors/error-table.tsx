import Link from 'next/link'
import { formatCount } from '@/lib/format/count'
import { findDefinition } from '@/lib/jobs/catalog'
import type { ErrorGroup } from '@/lib/jobs/errors'
import { TypeIcon } from '../_components/job/type-icon'
import { Ago } from '../_components/time/ago'
import { jobsHref } from '../jobs/jobs-href'
import classes from './errors.module.css'

type Props = {
  groups: ErrorGroup[]
  /** Names by id, where one sees the jobs of others. */
  owners: Map<string, string> | undefined
}

/** Errors as rows that lead to their jobs; on small screens as cards. */
export function ErrorTable({ groups, owners }: Props) {
  return (
    <div className={classes.frame}>
      <table className={classes.table} aria-label="Errors, last seen first">
        <thead>
          <tr>
            <th scope="col">Error</th>
            <th scope="col" data-column="jobs">
              Jobs
            </th>
            <th scope="col" data-column="when">
              First seen
            </th>
            <th scope="col" data-column="when">
              Last seen
            </th>
            <th scope="col" data-column="last">
              Last job
            </th>
            {owners && (
              <th scope="col" data-column="owner">
                Owner
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <Row key={group.id} group={group} owners={owners} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Row({ group, owners }: { group: ErrorGroup; owners: Props['owners'] }) {
  const { id, type, error, jobs, firstAt, lastAt, last } = group
  return (
    <tr>
      <td className={classes.error}>
        <div className={classes.what}>
          <TypeIcon type={type} />
          <div>
            <Link href={jobsHref({ error: id })} prefetch={false} className={classes.message}>
              {error.message}
            </Link>
            <span className={classes.kind}>
              {findDefinition(type)?.label ?? type}
              {error.code && (
                <>
                  {' · '}
                  <code>{error.code}</code>
                </>
              )}
            </span>
          </div>
        </div>
      </td>
      <td className={classes.jobs} data-label="Jobs">
        {formatCount(jobs)}
      </td>
      <td className={classes.when} data-label="First seen">
        <Ago at={firstAt} />
      </td>
      <td className={classes.when} data-label="Last seen">
        <Ago at={lastAt} />
      </td>
      <td className={classes.last} data-label="Last job">
        <Link href={`/jobs/${last.id}`} prefetch={false} title={last.title}>
          {last.title}
        </Link>
      </td>
      {owners && (
        <td className={classes.owner} data-label="Owner">
          {ownerWords(group, owners)}
          <Link href={pauseHref(group)} prefetch={false} className={classes.pause}>
            Pause such jobs
          </Link>
        </td>
      )}
    </tr>
  )
}

/** Where an admin lets jobs wait that would fail alike: those of its type, and of its owner where it is one. */
function pauseHref({ type, owners, last, error }: ErrorGroup): string {
  const owner = owners === 1 ? last.ownerId : null
  // Not its message, which may say what is somebody's: people read the reason.
  const reason = `They fail${error.code ? ` (${error.code})` : ''}; the cause is being mended.`
  return `/admin/pauses/new?${new URLSearchParams({ type, ...(owner ? { owner } : {}), reason })}`
}

/** Whose the last job is, and how many others have jobs that failed so. */
function ownerWords({ last, owners: count }: ErrorGroup, names: Map<string, string>): string {
  const name = last.ownerId ? (names.get(last.ownerId) ?? 'Unknown') : 'System'
  return count > 1 ? `${name} and ${formatCount(count - 1)} more` : name
}

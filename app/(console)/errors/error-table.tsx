import Link from 'next/link'
import type { ErrorGroup } from '@/app/_server/jobs/errors'
import { formatCount } from '@/lib/format/count'
import { findDefinition } from '@/lib/jobs/catalog'
import { TypeIcon } from '../_components/job/type-icon'
import { hrefOf } from '../_components/list/href'
import list from '../_components/list/list.module.css'
import { StackingTable } from '../_components/list/table'
import { Ago } from '../_components/time/ago'
import ui from '../_components/ui/ui.module.css'
import { jobsHref } from '../jobs/jobs-href'
import classes from './errors.module.css'

type Props = {
  groups: ErrorGroup[]
  /** Names by id, where one sees the jobs of others. */
  owners: Map<string, string> | undefined
  /** When the first of the failures may have been; absent for all of them. */
  from: string | undefined
}

/** Errors as rows that lead to their jobs; on small screens as cards. */
export function ErrorTable({ groups, owners, from }: Props) {
  return (
    <StackingTable label="Errors, last seen first">
      <thead>
        <tr>
          <th scope="col">Error</th>
          <th scope="col" style={{ width: 76 }} className={list.number}>
            Jobs
          </th>
          <th scope="col" style={{ width: 116 }}>
            First seen
          </th>
          <th scope="col" style={{ width: 116 }}>
            Last seen
          </th>
          <th scope="col" style={{ width: 200 }}>
            Last job
          </th>
          {owners && (
            <th scope="col" style={{ width: 120 }}>
              Owner
            </th>
          )}
          <th scope="col" style={{ width: 90 }}>
            <span className={ui.unseen}>Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {groups.map((group) => (
          <ErrorRow key={group.id} group={group} owners={owners} from={from} />
        ))}
      </tbody>
    </StackingTable>
  )
}

type RowProps = Omit<Props, 'groups'> & { group: ErrorGroup }

function ErrorRow({ group, owners, from }: RowProps) {
  const { id, type, error, jobs, firstAt, lastAt, last } = group
  return (
    <tr>
      <td>
        <div className={list.subject}>
          <TypeIcon type={type} />
          <div>
            <Link
              href={jobsHref({ error: id, endedFrom: from })}
              prefetch={false}
              className={list.title}
            >
              <span className={classes.message}>{error.message}</span>
            </Link>
            <span className={ui.note}>
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
      <td className={list.number} data-label="Jobs">
        <strong>{formatCount(jobs)}</strong>
      </td>
      <td className={list.quiet} data-label="First seen">
        <Ago at={firstAt} />
      </td>
      <td className={list.quiet} data-label="Last seen">
        <Ago at={lastAt} />
      </td>
      <td className={list.quiet} data-label="Last job">
        <Link
          href={`/jobs/${last.id}`}
          prefetch={false}
          title={last.title}
          className={`${ui.link} ${list.over} ${classes.message}`}
        >
          {last.title}
        </Link>
      </td>
      {owners && (
        <td className={list.quiet} data-label="Owner">
          {ownerWords(group, owners)}
        </td>
      )}
      <td>
        <Link
          href={hrefOf('/jobs/matching', { action: 'retry', error: id, endedFrom: from })}
          prefetch={false}
          className={`${ui.link} ${list.over} ${classes.action}`}
        >
          Retry…
        </Link>
        {owners && (
          <Link
            href={pauseHref(group)}
            prefetch={false}
            className={`${ui.link} ${list.over} ${classes.action}`}
          >
            Pause…
          </Link>
        )}
      </td>
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

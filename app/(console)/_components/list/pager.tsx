import { LinkButton } from '../ui/button'
import { hrefOf } from './href'
import classes from './list.module.css'

type Props = {
  path: string
  /** What the list is filtered by. */
  values?: Record<string, string | undefined>
  /** Where this page begins; absent on the first. */
  cursor: string | object | undefined
  nextCursor: string | null
  /** The parameter that holds the cursor. */
  name?: string
  first?: string
  next?: string
}

/** Leads through a list page by page, and back to its beginning. */
export function Pager({
  path,
  values,
  cursor,
  nextCursor,
  name = 'cursor',
  first = '« Newest',
  next = 'Older ›',
}: Props) {
  if (!cursor && !nextCursor) return null
  return (
    <nav className={classes.pager} aria-label="Pages">
      {cursor && (
        <LinkButton href={hrefOf(path, { ...values, [name]: undefined })} size="small">
          {first}
        </LinkButton>
      )}
      {nextCursor && (
        <LinkButton href={hrefOf(path, { ...values, [name]: nextCursor })} size="small">
          {next}
        </LinkButton>
      )}
    </nav>
  )
}

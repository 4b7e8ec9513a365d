import { LinkButton } from '../ui/button'
import { hrefOf } from './href'
import classes from './links.module.css'

type Props = {
  path: string
  /** What the list is filtered by. */
  values?: Record<string, string | undefined>
  /** Where this page begins; absent on the first. */
  cursor: string | object | undefined
  nextCursor: string | null
  /** The parameter that holds the cursor. */
  name?: string
  /** Where the first link leads besides; by itself to the beginning. */
  back?: Record<string, string | undefined>
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
  back = {},
  first = '« Newest',
  next = 'Older ›',
}: Props) {
  if (!cursor && !nextCursor) return null
  return (
    <nav className={classes.pager} aria-label="Pages">
      {cursor && (
        <LinkButton href={hrefOf(path, { ...values, [name]: undefined, ...back })} size="small">
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

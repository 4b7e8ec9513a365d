import { LinkButton } from '../../_components/ui/button'
import page from '../../_components/ui/page.module.css'
import { hrefOf } from './query'

type Props = {
  path: string
  values: Record<string, string>
  cursor: string | undefined
  nextCursor: string | null
}

/** Leads through a list that is paged by ids. */
export function Pager({ path, values, cursor, nextCursor }: Props) {
  if (!cursor && !nextCursor) return null
  const { cursor: _shown, ...filter } = values
  return (
    <nav className={page.pager} aria-label="Pages">
      {cursor && (
        <LinkButton href={hrefOf(path, filter)} size="small">
          « Newest
        </LinkButton>
      )}
      {nextCursor && (
        <LinkButton href={hrefOf(path, { ...filter, cursor: nextCursor })} size="small">
          Older ›
        </LinkButton>
      )}
    </nav>
  )
}

import { IconDots } from '@tabler/icons-react'
import Link from 'next/link'
import type { FilterWords } from '@/lib/jobs/lists/filter'
import { hrefOf } from '../../_components/list/href'
import { Menu } from '../../_components/list/menu'
import { ActionButton } from '../../_components/ui/action-button'
import { LinkButton } from '../../_components/ui/button'
import ui from '../../_components/ui/ui.module.css'
import { dropView } from '../actions'
import { verbs } from '../matching/words'
import type { Shown } from './query'

type Props = {
  shown: Shown
  /** The same as the address writes it. */
  query: string
  words: FilterWords
  /** The saved view that this is. */
  view: string | undefined
}

/** What can be done to all jobs that match, and to the view. */
export function ListMenu({ shown, query, words, view }: Props) {
  const allHref = (action: string) => hrefOf('/jobs/matching', { action, ...shown })
  const canRetry = /^(?:failed|canceled)(?:,(?:failed|canceled))?$/.test(shown.status ?? '')
  return (
    <>
      {canRetry && (
        <LinkButton href={allHref('retry')} prefetch={false} size="small">
          Retry all…
        </LinkButton>
      )}
      <Menu look="button" name="All that match" label={<IconDots size={18} aria-hidden />}>
        <span className={ui.note}>All that match</span>
        {(['retry', 'cancel', 'delete'] as const).map((action) => (
          <Link key={action} href={allHref(action)} prefetch={false} className={ui.quietLink}>
            {verbs[action]}…
          </Link>
        ))}
        <a href={hrefOf('/api/v1/jobs.csv', words)} download className={ui.quietLink}>
          Export CSV
        </a>
        {view && (
          <ActionButton action={dropView} fields={{ name: view, query }} size="small">
            Delete view
          </ActionButton>
        )}
      </Menu>
    </>
  )
}

import { IconFilterOff, IconListDetails, IconWebhook } from '@tabler/icons-react'
import { LinkButton } from '../_components/ui/button'
import { Empty } from '../_components/ui/empty'
import type { Shown } from './_filters/query'
import { jobsHref } from './jobs-href'

type Props = {
  shown: Shown
  unreadable: boolean
  /** How many deliveries of events the list leaves out. */
  folded: number
}

/** Why the list is empty, and what to do about it. */
export function NothingFound({ shown, unreadable, folded }: Props) {
  if (folded > 0) {
    return (
      <Empty
        icon={<IconWebhook size={32} stroke={1.4} aria-hidden />}
        title="Only deliveries here"
        action={
          <LinkButton href={jobsHref({ ...shown, deliveries: 'shown' })}>
            Show deliveries
          </LinkButton>
        }
      >
        The webhooks that events sent by themselves are hidden, and there is nothing else.
      </Empty>
    )
  }
  if (unreadable || Object.values(shown).some(Boolean)) {
    return (
      <Empty
        icon={<IconFilterOff size={32} stroke={1.4} aria-hidden />}
        title={unreadable ? 'This address cannot be read' : 'No jobs match'}
        action={<LinkButton href="/jobs">Show all jobs</LinkButton>}
      >
        {unreadable
          ? 'It asks for a type, status or time that does not exist.'
          : 'No job fits these filters. Try a longer period, or fewer words.'}
      </Empty>
    )
  }
  return (
    <Empty
      icon={<IconListDetails size={32} stroke={1.4} aria-hidden />}
      title="No jobs yet"
      action={
        <LinkButton href="/jobs/new" kind="primary">
          New job
        </LinkButton>
      }
    >
      Each mail or image you hand over becomes a job. Here you see what happens to it, and later
      what happened.
    </Empty>
  )
}

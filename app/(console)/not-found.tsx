import { IconMapOff } from '@tabler/icons-react'
import { LinkButton } from './_components/ui/button'
import { Empty } from './_components/ui/empty'

/** What is not there, or somebody else's. */
export default function ConsoleNotFound() {
  return (
    <Empty
      isPage
      icon={<IconMapOff size={32} stroke={1.4} aria-hidden />}
      title="There is nothing here"
      action={<LinkButton href="/jobs">Show all jobs</LinkButton>}
    >
      It may have been deleted, belong to somebody else, or the address has a mistake.
    </Empty>
  )
}

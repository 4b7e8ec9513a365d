'use client'

import { IconAlertTriangle } from '@tabler/icons-react'
import { useRouter } from 'next/navigation'
import { startTransition } from 'react'
import { LinkButton, PlainButton } from './_components/ui/button'
import { Empty } from './_components/ui/empty'
import ui from './_components/ui/ui.module.css'

/** What a page shows when it could not be made. */
export default function ConsoleError({
  error,
  reset,
}: {
  error: Error & { digest?: string }
  reset(): void
}) {
  const router = useRouter()
  const again = () =>
    startTransition(() => {
      router.refresh()
      reset()
    })
  return (
    <Empty
      isPage
      icon={<IconAlertTriangle size={32} stroke={1.4} aria-hidden />}
      title="This page could not be shown"
      action={
        <div className={ui.line}>
          <PlainButton kind="primary" onClick={again}>
            Try again
          </PlainButton>
          <LinkButton href="/">Go to the overview</LinkButton>
        </div>
      }
    >
      The server did not answer as it should; perhaps its database is away. Nothing is lost: jobs
      that were accepted go on.
      {error.digest ? ` The server's log has more under ${error.digest}.` : ''}
    </Empty>
  )
}

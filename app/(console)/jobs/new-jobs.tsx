'use client'

import { IconArrowUp } from '@tabler/icons-react'
import { useRouter } from 'next/navigation'
import { useCallback, useEffect, useState, useTransition } from 'react'
import { countOf } from '@/lib/format/count'
import { EVENT_TAG } from '@/lib/webhooks/tags'
import type { LiveJob } from '../_components/live/live-store'
import { useLiveMessages } from '../_components/live/use-live-job'
import { PlainButton } from '../_components/ui/button'
import classes from './jobs.module.css'

type Props = {
  /** The id of the list's first job; ids grow with time. */
  newest: string | undefined
  shown: { type?: string; status?: string; q?: string }
  /** Deliveries of events are left out. */
  isFolded: boolean
}

/** Says how many jobs there are by now above the first one, and shows them when asked to. */
export function NewJobs({ newest, shown, isFolded }: Props) {
  const router = useRouter()
  const [pending, startTransition] = useTransition()
  const [unseen, setUnseen] = useState<ReadonlySet<string>>(new Set())
  const { type, status, q } = shown

  // biome-ignore lint/correctness/useExhaustiveDependencies: another list starts from none
  useEffect(() => setUnseen(new Set()), [newest, type, status, q])

  useLiveMessages(
    useCallback(
      (id: string, job: LiveJob) => {
        const fits =
          job !== 'gone' &&
          (newest === undefined || id > newest) &&
          (!type || job.type === type) &&
          (!status || status.split(',').includes(job.status)) &&
          (!q || job.title.toLowerCase().includes(q.toLowerCase())) &&
          !(isFolded && job.tags.includes(EVENT_TAG))
        setUnseen((known) => {
          if (known.has(id) === fits) return known
          const next = new Set(known)
          if (fits) next.add(id)
          else next.delete(id)
          return next
        })
      },
      [newest, type, status, q, isFolded],
    ),
  )

  return (
    <div role="status" className={classes.news}>
      {unseen.size > 0 && (
        <PlainButton
          size="small"
          aria-busy={pending}
          icon={<IconArrowUp size={15} aria-hidden />}
          onClick={() => startTransition(() => router.refresh())}
        >
          {countOf(unseen.size, 'new job')}
        </PlainButton>
      )}
    </div>
  )
}

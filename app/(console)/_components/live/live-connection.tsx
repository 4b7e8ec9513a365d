'use client'

import { IconPlugConnectedX } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import classes from '../frame/frame.module.css'
import { isJobSummary } from '../job/job-summary'
import { receive } from './live-store'
import { followStream, type StreamState } from './stream'
import { setUnreadCount } from './unread-store'
import { useRefresh } from './use-refresh'

type Props = {
  everybody: boolean
  /** What the server knows the page by: its stream begins with what changed since. */
  mark: string
}

/** Keeps the page's jobs live, and says so when that is not possible at the moment. */
export function LiveConnection({ everybody, mark }: Props) {
  const refresh = useRefresh()
  // The mark of the whole page; what is rendered later has its own, which came after the stream.
  const [first] = useState(mark)
  const [state, setState] = useState<StreamState>('connecting')

  useEffect(
    () =>
      followStream({
        url: everybody ? '/api/v1/live?scope=all' : '/api/v1/live',
        mark: first,
        on: {
          job: (data) => {
            if (isJobSummary(data)) receive(data.id, data)
          },
          gone: (data) => {
            const id = idOf(data)
            if (id) receive(id, 'gone')
          },
          unread: (data) => setUnreadCount(numberIn(data, 'count')),
          gap: refresh,
          // The page finds out what its viewer may still see: perhaps only the sign-in.
          access: refresh,
        },
        onState: setState,
        onGap: refresh,
      }),
    [everybody, first, refresh],
  )

  return (
    <div role="status">
      {state === 'lost' && (
        <div className={classes.lost}>
          <IconPlugConnectedX size={18} aria-hidden />
          <span>
            The connection is lost, so what you see may be out of date. Your jobs go on; this page
            connects again by itself.
          </span>
        </div>
      )}
    </div>
  )
}

function idOf(data: unknown): string | undefined {
  if (typeof data !== 'object' || data === null || !('id' in data)) return undefined
  return typeof data.id === 'string' ? data.id : undefined
}

function numberIn(data: unknown, name: string): number | undefined {
  if (typeof data !== 'object' || data === null) return undefined
  const value = new Map<string, unknown>(Object.entries(data)).get(name)
  return typeof value === 'number' ? value : undefined
}

import { useEffect, useMemo, useState } from 'react'
import type { LogView } from '@/lib/jobs/view'
import { followStream } from '../../../_components/live/stream'

/** More lines are not kept in the page. */
const MOST = 1_000

/** The lines the server rendered and, while the job has not ended, those that come after them. */
export function useLog(jobId: string, rendered: LogView[], isOver: boolean): LogView[] {
  const [added, setAdded] = useState<LogView[]>([])
  // Where the page began; what is rendered later brings lines that have come by the stream as well.
  const [after] = useState(rendered.at(-1)?.id)

  useEffect(() => {
    if (isOver) return
    const url = `/api/v1/jobs/${jobId}/events`
    return followStream({
      url: after ? `${url}?after=${after}` : url,
      on: {
        log: (line) => isLine(line) && setAdded((known) => [...known, line].slice(-MOST)),
      },
      onState: () => undefined,
      onGap: () => undefined,
    })
  }, [jobId, isOver, after])

  return useMemo(() => {
    const byId = new Map([...rendered, ...added].map((line) => [line.id, line]))
    return [...byId.values()].sort((a, b) => Number(a.id) - Number(b.id)).slice(-MOST)
  }, [rendered, added])
}

const fields = ['id', 'level', 'message', 'at'] as const

/** Whether a stream's message is a log line; a page of an older version may meet a newer server. */
function isLine(value: unknown): value is LogView {
  if (typeof value !== 'object' || value === null) return false
  const known = new Map<string, unknown>(Object.entries(value))
  return fields.every((name) => typeof known.get(name) === 'string') && known.has('attempt')
}

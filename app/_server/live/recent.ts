/** Changed jobs that are remembered for pages whose stream is yet to come. */
const REMEMBERED = 5_000

/** The jobs that changed lately. */
export type Recent = {
  /** When it was heard, the oldest first. */
  heardAt: Map<string, number>
  /** Since when every change is among them; undefined while nobody listens. */
  since: number | undefined
}

/** Begins anew: what changed before is not known. */
export function beginHearing(recent: Recent): void {
  recent.heardAt.clear()
  recent.since = Date.now()
}

/** Knows nothing any more. */
export function endHearing(recent: Recent): void {
  recent.heardAt.clear()
  recent.since = undefined
}

/** Remembers a change, and forgets the oldest where there are too many. */
export function remember(recent: Recent, id: string): void {
  const { heardAt } = recent
  heardAt.delete(id)
  heardAt.set(id, Date.now())
  const [oldest] = heardAt
  if (heardAt.size <= REMEMBERED || !oldest) return
  heardAt.delete(oldest[0])
  recent.since = oldest[1] + 1
}

/** The jobs that changed from a moment on; undefined when some may have been missed. */
export function changedFrom({ heardAt, since }: Recent, moment: number): string[] | undefined {
  if (since === undefined || !(moment >= since)) return undefined
  return [...heardAt].flatMap(([id, at]) => (at >= moment ? id : []))
}

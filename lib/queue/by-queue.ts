/** What belongs to queues, by their names. */
export function byQueue<Item extends { queue: string }>(
  items: readonly Item[],
): Map<string, Item[]> {
  const sorted = new Map<string, Item[]>()
  for (const item of items) {
    const ofQueue = sorted.get(item.queue)
    if (ofQueue) ofQueue.push(item)
    else sorted.set(item.queue, [item])
  }
  return sorted
}

import { isRefusal } from '@/lib/db/refusal'

/**
 * Gives items to a statement. What PostgreSQL refuses of them is split until it is alone, so that one
 * row that cannot be written holds up no other.
 * @param failed hears of items that were not written: one that is refused, or several that are in no
 * way different from others, as when PostgreSQL is away
 */
export async function splitRefused<Item>(
  items: Item[],
  statement: (items: Item[]) => Promise<void>,
  failed: (items: Item[], error: unknown) => void,
): Promise<void> {
  try {
    await statement(items)
  } catch (error) {
    if (items.length < 2 || !isRefusal(error)) return failed(items, error)
    const half = items.length >> 1
    await splitRefused(items.slice(0, half), statement, failed)
    await splitRefused(items.slice(half), statement, failed)
  }
}

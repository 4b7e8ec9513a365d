import { formatDuration } from '@/lib/format/duration'

/** How long something took that is often over in milliseconds: `38 ms`, `4.1 s`. */
export function formatLatency(milliseconds: number): string {
  return milliseconds < 1_000 ? `${Math.round(milliseconds)} ms` : formatDuration(milliseconds)
}

import { Suspense } from 'react'
import { countMatching } from '@/app/_server/jobs/count-now'
import type { Viewer } from '@/lib/access/viewer'
import { formatUpTo } from '@/lib/format/count'
import type { JobFilter } from '@/lib/jobs/lists/filter'

/** Jobs are counted up to this. */
const UP_TO = 1_000

type Props = { viewer: Viewer; filter: JobFilter }

/** How many jobs match, in words; the page does not wait for it, and a text is not searched for twice. */
export function Total({ viewer, filter }: Props) {
  const words = 'all that match'
  if (filter.q) return words
  return (
    <Suspense fallback={words}>
      <Counted viewer={viewer} filter={filter} />
    </Suspense>
  )
}

async function Counted({ viewer, filter }: Props) {
  return `all ${formatUpTo(await countMatching(viewer, filter, UP_TO), UP_TO)}`
}

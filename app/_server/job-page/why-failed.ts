import type { Viewer } from '@/lib/access/viewer'
import type { Job } from '@/lib/db/generated/client'
import { formatDuration } from '@/lib/format/duration'
import { shownInput } from '@/lib/jobs/input-secrets'
import { type Difference, differencesOf } from './differences'
import { lastSuccess, latestAttempts } from './last-success'
import { type Entry, readInput } from './readable'
import { recordsIn } from './records'

/** Most fields of an input that are shown side by side. */
const MOST_FIELDS = 8

/** How a failed job compares with the last of its kind that completed. */
export type Comparison = {
  success: { id: string; title: string; finishedAt: string; isLater: boolean }
  differences: Difference[]
  /** Further fields of the input that differ. */
  more: number
  /** What is the same, and so is not the cause. */
  same: string[]
}

/**
 * Compares a failed job with the last success of its kind: fields of its input, worker version and run
 * time. Undefined where none of its kind has completed of late.
 */
export async function whyFailed(
  viewer: Viewer,
  failed: Job,
  here: readonly Entry[],
): Promise<Comparison | undefined> {
  const success = await lastSuccess(failed)
  if (!success?.finishedAt) return undefined
  const there = readInput(success.type, shownInput(success))
  const [records, attempts] = await Promise.all([
    recordsIn(viewer, [...here, ...there]),
    latestAttempts([failed.id, success.id]),
  ])
  const fields = differencesOf(here, there, (id) => records.get(id)?.name)
  const [mine, its] = [failed, success].map(({ id }) => attempts.find((one) => one.id === id))
  const version = { label: 'Worker version', here: mine?.version, there: its?.version }
  const ran = { label: 'Ran for', here: timeOf(mine?.ranMs), there: timeOf(its?.ranMs) }
  const { id, title, finishedAt } = success
  return {
    success: {
      ...{ id, title, finishedAt: finishedAt.toISOString() },
      isLater: failed.finishedAt !== null && finishedAt > failed.finishedAt,
    },
    differences: [...fields.slice(0, MOST_FIELDS), ...[version, ran].filter(isDifference)],
    more: Math.max(0, fields.length - MOST_FIELDS),
    same: [
      ...(fields.length === 0 && here.length > 0 ? ['its input'] : []),
      ...(version.here && version.here === version.there
        ? [`the worker version (${version.here})`]
        : []),
    ],
  }
}

type Maybe = { label: string; here: string | null | undefined; there: string | null | undefined }

/** What is not known of both is no difference. */
function isDifference(maybe: Maybe): maybe is Difference {
  return Boolean(maybe.here && maybe.there) && maybe.here !== maybe.there
}

function timeOf(milliseconds: number | null | undefined): string | undefined {
  return milliseconds == null ? undefined : formatDuration(milliseconds)
}

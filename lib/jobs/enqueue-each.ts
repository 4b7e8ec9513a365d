import type { Database } from '@/lib/db/prisma'
import { afterCommit } from '@/lib/db/transaction'
import type { FieldIssue } from '@/lib/errors/app-error'
import { traced } from '@/lib/trace/tracing'
import type { JobDefinition, Preparation } from './definition'
import { type EnqueueOptions, newJob, parseInput, requesterOf } from './enqueue'
import { insertJobs, type NewJob } from './insert'
import { dispatchSoon } from './transitions/dispatch'

/** A job to be made, of any type and for anybody. */
export type JobRequest = { definition: JobDefinition; input: unknown; options: EnqueueOptions }

/** What became of a request. */
export type RequestOutcome =
  | { kind: 'created'; jobId: string }
  /** The same work is under way, or was asked for with the same idempotency key. */
  | { kind: 'exists'; jobId: string | null }
  /** Paths are within the input. */
  | { kind: 'refused'; issues: FieldIssue[] }

type Checked = { record: NewJob } | { issues: FieldIssue[] }

/**
 * Creates jobs of many types and owners inside the caller's transaction, each on its own: one that
 * cannot be made does not keep the others from it. Takes as many statements as there are
 * combinations of type, owner and rights with something to look up, and three more.
 * @returns one outcome per request, in their order
 */
export async function enqueueEach(
  tx: Database,
  requests: readonly JobRequest[],
): Promise<RequestOutcome[]> {
  const fields = { 'millrace.batch.count': requests.length }
  return traced('enqueue each', { kind: 'producer', fields }, () => enqueueHere(tx, requests))
}

async function enqueueHere(
  tx: Database,
  requests: readonly JobRequest[],
): Promise<RequestOutcome[]> {
  const checked = await checkAll(tx, requests)
  const records = checked.flatMap((one) => ('record' in one ? [one.record] : []))
  const inserted = records.length > 0 ? await insertJobs(tx, records) : []
  afterCommit(tx, () => dispatchSoon(inserted))
  const created = new Set(inserted.map(({ id }) => id))
  const twins = await findTwins(
    tx,
    records.filter(({ id }) => !created.has(id)),
  )
  return checked.map((one) => {
    if ('issues' in one) return { kind: 'refused', issues: one.issues }
    const { id, dedupeKey } = one.record
    if (created.has(id)) return { kind: 'created', jobId: id }
    return { kind: 'exists', jobId: (dedupeKey && twins.get(dedupeKey)) || null }
  })
}

async function checkAll(tx: Database, requests: readonly JobRequest[]): Promise<Checked[]> {
  const parsed = requests.map(({ definition, input, options }) =>
    parseInput(definition, input, options),
  )
  const preparations = new Map<number, Preparation>()
  for (const places of groups(requests)) {
    const good = places.filter((place) => !parsed[place]?.issues)
    const first = requests[good[0] ?? -1]
    if (!first) continue
    const inputs = good.map((place) => parsed[place]?.parsed)
    const prepared = await first.definition.prepare(tx, inputs, requesterOf(first.options))
    prepared.forEach((preparation, index) => {
      preparations.set(good[index] ?? -1, preparation)
    })
  }
  return requests.map(({ definition, options }, place) => {
    const preparation = preparations.get(place)
    const issues = parsed[place]?.issues ?? preparation?.issues ?? []
    if (issues.length > 0) return { issues }
    if (!preparation) throw new Error(`The job type ${definition.type} prepared too few`)
    return { record: newJob(definition, parsed[place]?.parsed, preparation, options) }
  })
}

/** The places of requests that one call can prepare. */
function groups(requests: readonly JobRequest[]): Iterable<number[]> {
  const byKey = new Map<string, number[]>()
  requests.forEach(({ definition, options }, place) => {
    const { ownerId, role } = requesterOf(options)
    const key = [definition.type, ownerId, role].join('\n')
    const places = byKey.get(key)
    if (places) places.push(place)
    else byKey.set(key, [place])
  })
  return byKey.values()
}

/** The ids of running jobs that do the same work, by their key. */
async function findTwins(tx: Database, records: NewJob[]): Promise<Map<string, string>> {
  const keys = records.flatMap(({ dedupeKey }) => dedupeKey ?? [])
  if (keys.length === 0) return new Map()
  const jobs = await tx.job.findMany({
    where: { dedupeKey: { in: keys }, endedAs: null },
    select: { id: true, dedupeKey: true },
  })
  return new Map(jobs.map(({ id, dedupeKey }) => [dedupeKey ?? '', id]))
}

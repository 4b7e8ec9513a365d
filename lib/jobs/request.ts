import type { Viewer } from '@/lib/access/viewer'
import type { Database } from '@/lib/db/prisma'
import { type FieldIssue, invalidInput, MAX_ISSUES } from '@/lib/errors/app-error'
import { fieldIssues } from '@/lib/errors/parse-input'
import { takingTurns } from '@/lib/fairness/turns'
import { isStorable } from '@/lib/text/storable'
import type { JobDefinition, Preparation, Requester } from './definition'
import { sealSecrets } from './input-secrets'

export type EnqueueOptions = {
  /** Null for the system's own jobs. */
  ownerId: string | null
  /** What whoever asks for it may do; without it, no more than anybody. */
  role?: Viewer['role'] | undefined
  /** The system asks for it, not its owner: what it names may be anybody's. */
  bySystem?: boolean | undefined
  /** Unique per owner and type: a second enqueue with the same key returns the first job. */
  idempotencyKey?: string | undefined
  /** Not before this moment. */
  runAt?: Date | undefined
  /** Not before this many milliseconds from now; `runAt` wins. */
  delayMs?: number | undefined
  /** 1 is the most urgent; default: the definition's. */
  priority?: number | undefined
  tags?: string[] | undefined
  /** Jobs enqueued together. */
  batchId?: string | undefined
  scheduleId?: string | undefined
  /** The job this one was made from; secrets it masks are those of its owner's original. */
  originalId?: string | undefined
  /** A record's input of the same owner and type: the secrets that are masked, or still encrypted. */
  kept?: unknown
}

/** A job to be made, of any type and for anybody. */
export type JobRequest = { definition: JobDefinition; input: unknown; options: EnqueueOptions }

/** A request that was looked at: it has a preparation, or issues with paths within its input. */
export type CheckedRequest = {
  request: JobRequest
  /** As it is kept: what is secret in it is encrypted. */
  input?: unknown
  preparation?: Preparation
  issues: FieldIssue[]
}

/**
 * How requests are called that are all good or all refused, e.g. `items.3`; `''` for one alone.
 * Without it each is refused by itself.
 */
export type Naming = ((place: number) => string) | undefined

/**
 * Checks inputs against their definitions, encrypts what is secret in them, and has the definitions
 * look at them, those of one type and requester together. Others have their turn meanwhile.
 * @throws {AppError} with `naming`: `invalid_input` naming each field, e.g. `items.3.input.to`
 */
export async function checkRequests(
  tx: Database,
  requests: Iterable<JobRequest>,
  naming: Naming,
): Promise<CheckedRequest[]> {
  const turn = takingTurns()
  const checked: CheckedRequest[] = []
  const groups = new Map<string, CheckedRequest[]>()
  let issues = 0
  for (const request of requests) {
    const one = parse(request, request.options.kept ?? (await originalInput(tx, request)))
    checked.push(one)
    issues += one.issues.length
    if (naming && issues >= MAX_ISSUES) break
    const { ownerId, role } = requesterOf(request.options)
    const key = `${request.definition.type}\n${ownerId}\n${role}`
    const group = groups.get(key)
    if (group) group.push(one)
    else groups.set(key, [one])
    await turn()
  }
  refuse(checked, naming)
  for (const group of groups.values()) {
    await prepare(
      tx,
      group.filter((one) => one.issues.length === 0),
    )
  }
  refuse(checked, naming)
  return checked
}

/** The input whose secrets a copy of a job goes on with; only looked for where there can be some. */
async function originalInput(
  tx: Database,
  { definition: { type, secrets }, options: { ownerId, originalId } }: JobRequest,
): Promise<unknown> {
  if (!secrets || !originalId) return undefined
  const where = { id: originalId, ownerId, type }
  return (await tx.job.findFirst({ where, select: { input: true } }))?.input
}

function parse(request: JobRequest, kept: unknown): CheckedRequest {
  const { definition, input, options } = request
  const { success, data, error } = definition.input.safeParse(input)
  if (!success) return { request, issues: fieldIssues(error.issues) }
  if (!isStorable(data)) {
    const message = 'May not contain U+0000 or half a surrogate pair'
    return { request, issues: [{ path: '', message }] }
  }
  return { request, ...sealSecrets(definition, data, { ownerId: options.ownerId, kept }) }
}

async function prepare(tx: Database, group: CheckedRequest[]): Promise<void> {
  const [first] = group
  if (!first) return
  const { definition, options } = first.request
  const inputs = group.map(({ input }) => input)
  const preparations = await definition.prepare(tx, inputs, requesterOf(options))
  for (const [index, one] of group.entries()) {
    const preparation = preparations[index]
    if (!preparation) throw new Error(`The job type ${definition.type} prepared too few`)
    one.issues = preparation.issues ?? []
    if (one.issues.length === 0) one.preparation = preparation
  }
}

function requesterOf({ ownerId, role = 'USER', bySystem }: EnqueueOptions): Requester {
  return { ownerId: bySystem ? null : ownerId, role }
}

function refuse(checked: CheckedRequest[], naming: Naming): void {
  if (!naming) return
  const issues = checked.flatMap(({ issues }, place) =>
    issues.map(({ path, message }) => ({
      path: [naming(place), 'input', path].filter(Boolean).join('.'),
      message,
    })),
  )
  if (issues.length > 0) throw invalidInput(issues)
}

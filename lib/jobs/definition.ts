import type { z } from 'zod'
import type { Viewer } from '@/lib/access/viewer'
import type { Database } from '@/lib/db/prisma'
import type { FieldIssue } from '@/lib/errors/app-error'
import type { InputSecrets } from '@/lib/secrets/input-secrets'
import type { QueueDefinition } from './queue'

/** How long to wait before the next attempt: `exponential` doubles `delayMs` each time. */
export type Backoff = { type: 'exponential' | 'fixed'; delayMs: number }

/** What `prepare` finds out about an input before the job is accepted. */
export type Preparation = {
  /** What the job is for, in a person's words, e.g. `Resize + watermark beach.png`. */
  title: string
  /** Problems only the database knows, e.g. a file that is not the owner's. Any refuses the job. */
  issues?: FieldIssue[]
  /** Jobs of one owner and type with the same key, not yet ended, are the same job. */
  dedupeKey?: string
  /** Overrides the definition's priority where the caller gave none. */
  priority?: number
}

/** In whose name a job is made, and with which rights. */
export type Requester = {
  /** Null for the system's own jobs. */
  ownerId: string | null
  /** What whoever asks may do: a key may do less than its owner. */
  role: Viewer['role']
}

/** A job type, as data: everything web and worker need to know to take, run and show its jobs. */
export type JobDefinition<
  Type extends string = string,
  Input extends z.ZodType = z.ZodType,
  Output extends z.ZodType = z.ZodType,
> = {
  type: Type
  /** Name of the queue its jobs wait in; several types may share one. */
  queue: string
  /** That queue, as it is declared. */
  declaredQueue: QueueDefinition
  /** Name people read, e.g. `Image`. */
  label: string
  /** One sentence: what a job of this type does. */
  description: string
  /** What the button of its form says, e.g. `Send email`. */
  verb: string
  input: Input
  /**
   * Version of the input. A job carries the one it was made with, and a worker that knows older ones
   * only leaves it to others: raised whenever the handler of the last release cannot run all that is
   * accepted now.
   */
  inputVersion: number
  output: Output
  /** Undefined where an input holds no secrets. */
  secrets?: InputSecrets
  /** Attempts before the job fails for good. */
  attempts: number
  backoff: Backoff
  /** Longest one attempt may take, in milliseconds. */
  timeoutMs: number
  /** 1 is the most urgent. */
  priority: number
  /** False for types only the system itself enqueues. */
  userFacing: boolean
  /** Its owner is told when a job has completed; of failures people always hear. */
  notifiesWhenDone: boolean
  /**
   * Looks at valid inputs before they are accepted: names each job and refuses what cannot work.
   * A batch comes in one call, so that ten thousand inputs cost one query, not ten thousand.
   * It only looks: a job that comes alone is inserted by a statement of its own.
   * @param db the transaction that will insert the jobs, where there is one
   * @returns one preparation per input, in their order
   */
  prepare(
    db: Database,
    inputs: readonly z.output<Input>[],
    requester: Requester,
  ): Promise<Preparation[]>
}

type Defaults =
  | 'attempts'
  | 'backoff'
  | 'inputVersion'
  | 'priority'
  | 'userFacing'
  | 'timeoutMs'
  | 'notifiesWhenDone'
  | 'verb'

const defaults: Pick<JobDefinition, Defaults> = {
  attempts: 3,
  backoff: { type: 'exponential', delayMs: 1_000 },
  timeoutMs: 60_000,
  inputVersion: 1,
  priority: 10,
  userFacing: true,
  notifiesWhenDone: false,
  verb: 'Run job',
}

/** Declares a job type; what is left out takes the product's defaults (3 attempts, backoff from 1 s). */
export function defineJob<Type extends string, Input extends z.ZodType, Output extends z.ZodType>({
  queue,
  ...definition
}: Omit<JobDefinition<Type, Input, Output>, Defaults | 'queue' | 'declaredQueue'> &
  Partial<Pick<JobDefinition, Defaults>> & { queue: QueueDefinition }): JobDefinition<
  Type,
  Input,
  Output
> {
  return { ...defaults, ...definition, queue: queue.name, declaredQueue: queue }
}

export type InputOf<D extends JobDefinition> = z.output<D['input']>
export type OutputOf<D extends JobDefinition> = z.output<D['output']>

import type { z } from 'zod'
import type { Database } from '@/lib/db/prisma'
import { catalog } from '@/lib/jobs/catalog'
import type { JobDefinition } from '@/lib/jobs/definition'
import { type Enqueued, enqueue } from '@/lib/jobs/enqueue'
import {
  type BatchItem,
  type BatchOptions,
  type EnqueuedBatch,
  enqueueMany,
} from '@/lib/jobs/enqueue-many'
import type { EnqueueOptions } from '@/lib/jobs/request'

/** Time between the mails of a list, in milliseconds, unless the caller says otherwise. */
const STAGGER_MS = 100

/** Enqueues jobs of one type, in the caller's transaction. */
function enqueuerOf<D extends JobDefinition>(definition: D) {
  return (tx: Database, input: z.input<D['input']>, options: EnqueueOptions): Promise<Enqueued> =>
    enqueue(tx, definition, input, options)
}

/**
 * Sends one mail made from a template, once `tx` commits.
 * @throws {AppError} `invalid_input` naming each field; `conflict` for a reused idempotency key
 */
export const sendEmail = enqueuerOf(catalog.email)

/**
 * Sends up to 10,000 mails as one batch, one every 100 ms unless `staggerMs` says otherwise: all of
 * them, or none.
 * @throws {AppError} `invalid_input` naming each field as `items.3.input.to`; `conflict` for a reused
 * idempotency key, the batch's or that of an item, which is named
 */
export function sendBulkEmails(
  tx: Database,
  mails: readonly BatchItem<z.input<typeof catalog.email.input>>[],
  options: BatchOptions,
): Promise<EnqueuedBatch> {
  return enqueueMany(tx, catalog.email, mails, { staggerMs: STAGGER_MS, ...options })
}

/**
 * Resizes, crops, watermarks or converts one of the owner's images. The same work on the same image,
 * asked for again before it has ended, is the job that is under way.
 * @throws {AppError} `invalid_input` naming each field, also for a file that is not the owner's
 */
export const processImage = enqueuerOf(catalog.image)

/**
 * Reports on the owner's jobs of a range as PDF, XLSX or CSV, now or at `runAt`.
 * @throws {AppError} `invalid_input` naming each field
 */
export const scheduleReport = enqueuerOf(catalog.report)

/**
 * Sends an event to one of the owner's endpoints, signed, or to a URL.
 * @throws {AppError} `invalid_input` naming each field, also for an endpoint that is switched off
 */
export const sendWebhook = enqueuerOf(catalog.webhook)

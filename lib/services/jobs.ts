import type { z } from 'zod'
import type { Database } from '@/lib/db/prisma'
import { catalog } from '@/lib/jobs/catalog'
import { type Enqueued, enqueue } from '@/lib/jobs/enqueue'
import {
  type BatchItem,
  type BatchOptions,
  type EnqueuedBatch,
  enqueueMany,
} from '@/lib/jobs/enqueue-many'
import type { EnqueueOptions } from '@/lib/jobs/request'

type EmailInput = z.input<typeof catalog.email.input>
type ImageInput = z.input<typeof catalog.image.input>
export type ReportInput = z.input<typeof catalog.report.input>
export type WebhookInput = z.input<typeof catalog.webhook.input>

/** Time between the mails of a list, in milliseconds, unless the caller says otherwise. */
const STAGGER_MS = 100

/**
 * Sends one mail made from a template, once `tx` commits.
 * @throws {AppError} `invalid_input` naming each field; `conflict` for a reused idempotency key
 */
export function sendEmail(
  tx: Database,
  input: EmailInput,
  options: EnqueueOptions,
): Promise<Enqueued> {
  return enqueue(tx, catalog.email, input, options)
}

/**
 * Sends up to 10,000 mails as one batch, one every 100 ms unless `staggerMs` says otherwise: all of
 * them, or none.
 * @throws {AppError} `invalid_input` naming each field as `items.3.input.to`; `conflict` for a reused
 * idempotency key, the batch's or that of an item, which is named
 */
export function sendBulkEmails(
  tx: Database,
  mails: readonly BatchItem<EmailInput>[],
  options: BatchOptions,
): Promise<EnqueuedBatch> {
  return enqueueMany(tx, catalog.email, mails, { staggerMs: STAGGER_MS, ...options })
}

/**
 * Resizes, crops, watermarks or converts one of the owner's images. The same work on the same image,
 * asked for again before it has ended, is the job that is under way.
 * @throws {AppError} `invalid_input` naming each field, also for a file that is not the owner's
 */
export function processImage(
  tx: Database,
  input: ImageInput,
  options: EnqueueOptions,
): Promise<Enqueued> {
  return enqueue(tx, catalog.image, input, options)
}

/**
 * Reports on the owner's jobs of a range as PDF, XLSX or CSV, now or at `runAt`.
 * @throws {AppError} `invalid_input` naming each field
 */
export function scheduleReport(
  tx: Database,
  input: ReportInput,
  options: EnqueueOptions,
): Promise<Enqueued> {
  return enqueue(tx, catalog.report, input, options)
}

/**
 * Sends an event to one of the owner's endpoints, signed, or to a URL.
 * @throws {AppError} `invalid_input` naming each field, also for an endpoint that is switched off
 */
export function sendWebhook(
  tx: Database,
  input: WebhookInput,
  options: EnqueueOptions,
): Promise<Enqueued> {
  return enqueue(tx, catalog.webhook, input, options)
}

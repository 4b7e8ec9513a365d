import { createHash } from 'node:crypto'
import type { Batch, Prisma } from '@/lib/db/generated/client'
import type { Database } from '@/lib/db/prisma'
import { AppError } from '@/lib/errors/app-error'
import { takingTurns } from '@/lib/fairness/turns'

/**
 * Writes the record of a batch.
 * @param items what was asked for, of which a repeated key must have the same
 * @returns the batch that the idempotency key led to; undefined when this one is new
 * @throws {AppError} `conflict` when the key was used with other jobs
 */
export async function openBatch(
  tx: Database,
  batch: Omit<Prisma.BatchCreateManyInput, 'inputHash'>,
  items: readonly unknown[],
): Promise<Batch | undefined> {
  const { ownerId, type, idempotencyKey } = batch
  if (!idempotencyKey) {
    await tx.batch.create({ data: batch })
    return undefined
  }
  const inputHash = await hashOf(items)
  // Waits for a transaction that writes the same key at this moment.
  const written = await tx.batch.createMany({
    data: [{ ...batch, inputHash }],
    skipDuplicates: true,
  })
  if (written.count > 0) return undefined
  const first = await tx.batch.findFirst({ where: { ownerId, type, idempotencyKey } })
  if (first?.inputHash === inputHash) return first
  throw new AppError(
    'conflict',
    'This idempotency key was used with another batch. Use a new key for a new batch.',
  )
}

async function hashOf(items: readonly unknown[]): Promise<string> {
  const turn = takingTurns()
  const hash = createHash('sha256')
  for (const item of items) {
    hash.update(`${JSON.stringify(item)}\n`)
    await turn()
  }
  return hash.digest('hex')
}

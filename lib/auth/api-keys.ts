import { randomBytes } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import { grantableScopes, scopes } from '@/lib/access/scopes'
import type { Viewer } from '@/lib/access/viewer'
import { audit, auditOthers } from '@/lib/audit/audit'
import type { Prisma } from '@/lib/db/generated/client'
import { type Database, prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { AppError, notFound } from '@/lib/errors/app-error'
import { parseInput } from '@/lib/errors/parse-input'
import { nameField } from '@/lib/mail/person-fields'
import { hashApiKey } from './verify-api-key'

/** Most keys of one person that work: each has its line where they are listed. */
export const MAX_KEYS = 100

/** `mr_` and the first characters of the random part. */
const PREFIX_LENGTH = 10

const listed = {
  id: true,
  name: true,
  prefix: true,
  scopes: true,
  expiresAt: true,
  lastUsedAt: true,
  createdAt: true,
} as const satisfies Prisma.ApiKeySelect

/** A key as lists show it; the key itself is kept nowhere. */
export type ListedApiKey = Prisma.ApiKeyGetPayload<{ select: typeof listed }>

function apiKeyInput(viewer: Viewer) {
  const grantable = grantableScopes(viewer.role)
  return z.strictObject({
    name: nameField,
    scopes: z
      .array(
        z
          .enum(scopes, { error: `Expected some of ${grantable.join(', ')}` })
          .refine((scope) => grantable.includes(scope), {
            error: 'Only an admin may give this scope',
          }),
      )
      .min(1, { error: 'Choose at least one scope' })
      .default(grantable)
      .transform((chosen) => [...new Set(chosen)]),
    expiresAt: z
      .date({ error: 'Expected a date' })
      .refine((value) => value.getTime() > Date.now(), { error: 'Choose a day in the future' })
      .nullable()
      .default(null),
  })
}

export type ApiKeyInput = { name: string; scopes?: string[]; expiresAt?: Date | null }

/**
 * Creates a key for the viewer; without scopes it may do all the viewer may.
 * @returns the key, which is never shown again, and its record
 * @throws {AppError} `invalid_input`; `conflict` when there are too many
 */
export async function createApiKey(
  viewer: Viewer,
  input: ApiKeyInput,
): Promise<{ key: string; record: ListedApiKey }> {
  return transaction((tx) => insertApiKey(tx, viewer, input))
}

/** Creates a key for somebody from the command line, which is written down. */
export async function createApiKeyFor(
  owner: Viewer,
  input: ApiKeyInput,
): Promise<{ key: string; record: ListedApiKey }> {
  return transaction(async (tx) => {
    const created = await insertApiKey(tx, owner, input)
    const { id, scopes } = created.record
    const details = { user: owner.userId, scopes }
    await audit(tx, null, 'api-key.create', { type: 'api-key', id }, details)
    return created
  })
}

async function insertApiKey(tx: Database, viewer: Viewer, input: ApiKeyInput) {
  const fields = parseInput(apiKeyInput(viewer), input)
  // Serialises a person's creations, so that two at once cannot pass the limit together.
  await tx.$queryRaw`SELECT id FROM "User" WHERE id = ${viewer.userId}::uuid FOR UPDATE`
  if ((await tx.apiKey.count({ where: { userId: viewer.userId, revokedAt: null } })) >= MAX_KEYS) {
    throw new AppError('conflict', `You have ${MAX_KEYS} API keys. Revoke one first.`)
  }
  const key = `mr_${randomBytes(32).toString('base64url')}`
  const record = await tx.apiKey.create({
    data: {
      id: uuidv7(),
      userId: viewer.userId,
      prefix: key.slice(0, PREFIX_LENGTH),
      hash: hashApiKey(key),
      ...fields,
    },
    select: listed,
  })
  return { key, record }
}

/** The viewer's own keys, newest first, without revoked ones. */
export async function listApiKeys(viewer: Viewer): Promise<ListedApiKey[]> {
  return prisma().apiKey.findMany({
    where: { userId: viewer.userId, revokedAt: null },
    select: listed,
    orderBy: { id: 'desc' },
    take: MAX_KEYS,
  })
}

/** Ends one of the viewer's own keys, or for an admin anybody's, from the next request on. */
export async function revokeApiKey(viewer: Viewer, id: string): Promise<void> {
  await transaction(async (tx) => {
    const [revoked] = await tx.apiKey.updateManyAndReturn({
      where: { id, revokedAt: null, ...(viewer.role === 'ADMIN' ? {} : { userId: viewer.userId }) },
      data: { revokedAt: new Date() },
      select: { userId: true },
    })
    if (!revoked) throw notFound('The API key')
    const details = { user: revoked.userId }
    const target = { type: 'api-key', id }
    await auditOthers(tx, viewer, revoked.userId, 'api-key.revoke', target, details)
  })
}

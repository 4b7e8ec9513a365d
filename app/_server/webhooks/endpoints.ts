import { v7 as uuidv7 } from 'uuid'
import { ownedBy, type Viewer } from '@/lib/access/viewer'
import { type AuditDetails, auditOthers } from '@/lib/audit/audit'
import type { WebhookEndpoint } from '@/lib/db/generated/client'
import type { Page, PageRequest } from '@/lib/db/page'
import { foundById, newestFirst, pageById } from '@/lib/db/page'
import { type Database, prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { AppError, invalidInput } from '@/lib/errors/app-error'
import { parseInput } from '@/lib/errors/parse-input'
import { isStorable } from '@/lib/text/storable'
import {
  type EndpointChanges,
  endpointChangesSchema,
  type NewEndpoint,
  newEndpointSchema,
} from '@/lib/webhooks/fields'
import { newSecret, ROTATION_OVERLAP_MS, sealSecret } from '@/lib/webhooks/secret'

/** Most endpoints of one person: each event may become a job for every one of them. */
const MAX_ENDPOINTS = 100

const withoutSecrets = { secret: true, previousSecret: true } as const

/** An endpoint without what only signing needs. */
export type Endpoint = Omit<WebhookEndpoint, keyof typeof withoutSecrets>

/**
 * Creates an endpoint of the viewer.
 * @returns its secret too, which is never shown again
 */
export async function createEndpoint(
  viewer: Viewer,
  input: NewEndpoint,
): Promise<{ endpoint: Endpoint; secret: string }> {
  const fields = parseInput(newEndpointSchema, storable(input))
  const id = uuidv7()
  const secret = newSecret()
  const endpoint = await transaction(async (tx) => {
    // Serialises a person's creations, so that two at once cannot pass the limit together.
    await tx.$queryRaw`SELECT id FROM "User" WHERE id = ${viewer.userId}::uuid FOR UPDATE`
    if ((await tx.webhookEndpoint.count({ where: { ownerId: viewer.userId } })) >= MAX_ENDPOINTS) {
      throw new AppError('conflict', `You have ${MAX_ENDPOINTS} endpoints. Delete one first.`)
    }
    return tx.webhookEndpoint.create({
      data: { id, ownerId: viewer.userId, secret: sealSecret(secret, id), ...fields },
      omit: withoutSecrets,
    })
  })
  return { endpoint, secret }
}

/** Endpoints the viewer may see, newest first. */
export async function listEndpoints(viewer: Viewer, page: PageRequest): Promise<Page<Endpoint>> {
  const rows = await prisma().webhookEndpoint.findMany({
    ...newestFirst(page, ownedBy(viewer)),
    omit: withoutSecrets,
  })
  return pageById(rows, page)
}

/**
 * An endpoint the viewer may see.
 * @throws {AppError} `not_found`, also for an endpoint of somebody else
 */
export async function getEndpoint(
  viewer: Viewer,
  id: string,
  db: Database = prisma(),
): Promise<Endpoint> {
  const where = { id, ...ownedBy(viewer) }
  return foundById(id, 'This endpoint', () =>
    db.webhookEndpoint.findFirst({ where, omit: withoutSecrets }),
  )
}

/**
 * Changes what is given. Switching an endpoint on forgets why it was off; that, and another URL,
 * forget since when it failed.
 */
export async function updateEndpoint(
  viewer: Viewer,
  id: string,
  changes: EndpointChanges,
): Promise<Endpoint> {
  const fields = parseInput(endpointChangesSchema, storable(changes))
  return transaction(async (tx) => {
    const current = await ownEndpoint(tx, viewer, id, 'update', ({ enabled }) => ({
      changed: Object.keys(fields),
      ...(fields.enabled === undefined
        ? {}
        : { before: { enabled }, after: { enabled: fields.enabled } }),
    }))
    const starts = fields.enabled === true && !current.enabled
    const moves = fields.url !== undefined && fields.url !== current.url
    return tx.webhookEndpoint.update({
      where: { id },
      data: {
        ...fields,
        ...(fields.enabled === undefined ? {} : { disabledReason: null }),
        ...(starts || moves ? { failingSince: null } : {}),
      },
      omit: withoutSecrets,
    })
  })
}

/** Deletes an endpoint with its delivery log; its jobs stay, and fail when they are still to run. */
export async function deleteEndpoint(viewer: Viewer, id: string): Promise<void> {
  await transaction(async (tx) => {
    await ownEndpoint(tx, viewer, id, 'delete')
    await tx.webhookEndpoint.delete({ where: { id } })
  })
}

/** Gives the endpoint a new secret; the one before signs beside it for a day. */
export async function rotateSecret(
  viewer: Viewer,
  id: string,
): Promise<{ endpoint: Endpoint; secret: string }> {
  const secret = newSecret()
  const endpoint = await transaction(async (tx) => {
    await ownEndpoint(tx, viewer, id, 'rotate-secret')
    const current = await tx.webhookEndpoint.findUniqueOrThrow({ where: { id } })
    return tx.webhookEndpoint.update({
      where: { id },
      data: {
        secret: sealSecret(secret, id),
        previousSecret: current.secret,
        previousSecretExpiresAt: new Date(Date.now() + ROTATION_OVERLAP_MS),
      },
      omit: withoutSecrets,
    })
  })
  return { endpoint, secret }
}

/** Locks the endpoint for a change; an admin's change of somebody else's is written down. */
async function ownEndpoint(
  tx: Database,
  viewer: Viewer,
  id: string,
  action: EndpointAction,
  details?: (current: Endpoint) => AuditDetails,
) {
  await getEndpoint(viewer, id, tx)
  await tx.$queryRaw`SELECT id FROM "WebhookEndpoint" WHERE id = ${id}::uuid FOR UPDATE`
  const endpoint = await getEndpoint(viewer, id, tx)
  await auditEndpoint(tx, viewer, endpoint, action, details?.(endpoint))
  return endpoint
}

/**
 * An endpoint that something is to be sent to in its owner's name; an admin's wish is written down.
 * @throws {AppError} `not_found`; `conflict` while it is switched off
 */
export async function endpointToSendTo(
  tx: Database,
  viewer: Viewer,
  id: string,
  action: EndpointAction,
): Promise<Endpoint> {
  const endpoint = await getEndpoint(viewer, id, tx)
  if (!endpoint.enabled) {
    throw new AppError('conflict', 'This endpoint is switched off. Switch it on first.')
  }
  await auditEndpoint(tx, viewer, endpoint, action)
  return endpoint
}

type EndpointAction = 'update' | 'delete' | 'rotate-secret' | 'test' | 'replay' | 'recover'

/** Writes down what an admin does with somebody else's endpoint. */
function auditEndpoint(
  tx: Database,
  viewer: Viewer,
  { id, ownerId }: Endpoint,
  action: EndpointAction,
  details?: AuditDetails,
): Promise<void> {
  const target = { type: 'webhook-endpoint', id }
  return auditOthers(tx, viewer, ownerId, `webhook-endpoint.${action}`, target, details)
}

function storable<T>(input: T): T {
  if (isStorable(input)) return input
  throw invalidInput([{ path: '', message: 'May not contain U+0000 or half a surrogate pair' }])
}

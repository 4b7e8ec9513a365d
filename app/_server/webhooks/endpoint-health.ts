import type { Viewer } from '@/lib/access/viewer'
import { Prisma } from '@/lib/db/generated/client'
import { prisma } from '@/lib/db/prisma'

/** How many of an endpoint's latest requests its health is about. */
export const RECENT = 100

/** How an endpoint's latest requests went. */
export type EndpointHealth = {
  /** At most `RECENT`. */
  requests: number
  delivered: number
  lastAt: Date | null
  /** HTTP status of the latest; null when no answer came. */
  lastStatus: number | null
}

/** The health of endpoints the viewer may see, by their ids; one without requests has zeros. */
export async function healthOf(
  viewer: Viewer,
  endpointIds: readonly string[],
): Promise<Map<string, EndpointHealth>> {
  const owner = viewer.role === 'ADMIN' ? null : viewer.userId
  const rows = await prisma().$queryRaw<(EndpointHealth & { id: string })[]>(Prisma.sql`
    SELECT endpoint.id, recent.*
    FROM "WebhookEndpoint" endpoint CROSS JOIN LATERAL (
      SELECT count(*)::int AS requests,
        count(*) FILTER (WHERE status BETWEEN 200 AND 299 AND error IS NULL)::int AS delivered,
        (array_agg(at ORDER BY id DESC))[1] AS "lastAt",
        (array_agg(status ORDER BY id DESC))[1] AS "lastStatus"
      FROM (
        SELECT id, status, error, at FROM "WebhookDelivery"
        WHERE "endpointId" = endpoint.id ORDER BY id DESC LIMIT ${RECENT}) latest) recent
    WHERE endpoint.id = ANY (${endpointIds}::uuid[])
      AND (${owner}::uuid IS NULL OR endpoint."ownerId" = ${owner}::uuid)`)
  return new Map(rows.map(({ id, ...health }) => [id, health]))
}

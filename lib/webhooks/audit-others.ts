import { type AuditDetails, auditOthers as auditOthersOf } from '@/lib/auth/audit'
import type { Viewer } from '@/lib/auth/viewer'
import type { Database } from '@/lib/db/prisma'

export type EndpointAction = 'update' | 'delete' | 'rotate-secret' | 'test' | 'replay' | 'recover'

/** Writes down what an admin does with somebody else's endpoint. */
export async function auditOthers(
  tx: Database,
  viewer: Viewer,
  { id, ownerId }: { id: string; ownerId: string },
  action: EndpointAction,
  details?: AuditDetails,
): Promise<void> {
  const target = { type: 'webhook-endpoint', id }
  await auditOthersOf(tx, viewer, ownerId, `webhook-endpoint.${action}`, target, details)
}

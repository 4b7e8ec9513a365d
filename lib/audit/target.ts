/** The audit log itself, as the target of an entry. */
export const AUDIT_LOG = { type: 'audit-log', id: 'all' } as const

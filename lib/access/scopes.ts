import type { Viewer } from './viewer'

/** What an API key may be allowed to do. `jobs` includes schedules and batches. */
export const scopes = [
  'jobs:read',
  'jobs:write',
  'files:read',
  'files:write',
  'webhooks:read',
  'webhooks:write',
  'admin',
] as const

export type Scope = (typeof scopes)[number]

/** What each scope means, for people. */
export const scopeLabels: Record<Scope, string> = {
  'jobs:read': 'See jobs and schedules',
  'jobs:write': 'Create, cancel, retry and delete jobs and schedules',
  'files:read': 'See and download files',
  'files:write': 'Upload and delete files',
  'webhooks:read': 'See webhook endpoints and deliveries',
  'webhooks:write': 'Change and test webhook endpoints',
  admin: 'Everything an admin may do, for everybody’s records',
}

/** The scopes a person may give to a key: admins all, others all but `admin`. */
export function grantableScopes(role: Viewer['role']): Scope[] {
  return scopes.filter((scope) => scope !== 'admin' || role === 'ADMIN')
}

export function isScope(value: unknown): value is Scope {
  return scopes.some((scope) => scope === value)
}

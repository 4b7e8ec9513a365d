import { IN_SCOPE, type Scope, scopeValues } from './scope'
import type { Snapshot } from './snapshot'

/** Failed jobs that failed alike. */
export type FailureGroup = {
  name: string
  code: string | null
  /** Without what differs from job to job: names in quotes, addresses, ids and numbers. */
  message: string
  jobs: number
  firstSeen: Date
  lastSeen: Date
}

/** Groups a report names; what is rarer is left out. */
const LIMIT = 50
const MESSAGE_LENGTH = 300

/** What differs between errors of one kind, as PostgreSQL's expressions; the first replaced first. */
const VARIABLE_PARTS: [pattern: string, placeholder: string][] = [
  ['“[^”]*”|"[^"]*"', '“…”'],
  ['[[:alnum:]._%+-]+@[[:alnum:].-]+', '…@…'],
  ['[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}', '#'],
  ['[0-9]+([.:,][0-9]+)*', '#'],
  ['[[:space:]]+', ' '],
]

const NORMALIZED = VARIABLE_PARTS.reduce(
  (text, [pattern, placeholder]) => `regexp_replace(${text}, '${pattern}', '${placeholder}', 'gi')`,
  `left(COALESCE(job.error ->> 'message', ''), ${2 * MESSAGE_LENGTH})`,
)

const FAILURES = `
SELECT COALESCE(job.error ->> 'name', 'Error') AS name, job.error ->> 'code' AS code,
  left(${NORMALIZED}, ${MESSAGE_LENGTH}) AS message, count(*)::int AS jobs,
  min(job."finishedAt") AS "firstSeen", max(job."finishedAt") AS "lastSeen"
FROM "Job" job WHERE ${IN_SCOPE} AND job.status = 'FAILED'
GROUP BY 1, 2, 3 ORDER BY jobs DESC, "lastSeen" DESC, message LIMIT ${LIMIT}`

/** Failed jobs by name, code and normalised message of their error, the commonest first. */
export function groupFailures(snapshot: Snapshot, scope: Scope): Promise<FailureGroup[]> {
  return snapshot.rows<FailureGroup>(FAILURES, scopeValues(scope))
}

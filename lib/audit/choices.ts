import { requireAdminViewer, type Viewer } from '@/lib/auth/viewer'
import { Prisma } from '@/lib/db/generated/client'
import { prisma } from '@/lib/db/prisma'
import { COMMAND_LINE } from './list'
import { DELETED_USER, peopleOf } from './people'
import { actionWords, targetWords } from './words'

/** Most choices of one filter. */
const MOST = 200

type Choice = { value: string; label: string }
export type AuditChoices = { actors: Choice[]; actions: Choice[]; targets: Choice[] }

/** What the log can be narrowed to: whatever is in it. One look at an index per choice. */
export async function auditChoices(viewer: Viewer): Promise<AuditChoices> {
  requireAdminViewer(viewer)
  const [actors, actions, targets] = await Promise.all([
    distinct(Prisma.sql`"actorId"`),
    distinct(Prisma.sql`action`),
    distinct(Prisma.sql`"targetType"`),
  ])
  const people = await peopleOf(actors)
  return {
    actors: [
      ...byLabel(actors.map((value) => ({ value, label: people.get(value) ?? deleted(value) }))),
      { value: COMMAND_LINE, label: 'Command line' },
    ],
    actions: byLabel(actions.map((value) => ({ value, label: actionWords(value) }))),
    targets: byLabel(targets.map((value) => ({ value, label: targetWords(value) }))),
  }
}

function deleted(id: string): string {
  return `${DELETED_USER} ${id.slice(-6)}`
}

function byLabel(choices: Choice[]): Choice[] {
  return choices.sort((a, b) => a.label.localeCompare(b.label))
}

/** The different values of an indexed column, in as many steps as there are values. */
async function distinct(column: Prisma.Sql): Promise<string[]> {
  const rows = await prisma().$queryRaw<{ value: string }[]>(Prisma.sql`
    WITH RECURSIVE found AS (
      (SELECT ${column} AS value FROM "AuditEntry"
        WHERE ${column} IS NOT NULL ORDER BY ${column} LIMIT 1)
      UNION ALL
      SELECT (SELECT ${column} FROM "AuditEntry" WHERE ${column} > found.value
        ORDER BY ${column} LIMIT 1)
      FROM found WHERE found.value IS NOT NULL
    )
    SELECT value::text AS value FROM found WHERE value IS NOT NULL LIMIT ${MOST}`)
  return rows.map(({ value }) => value)
}

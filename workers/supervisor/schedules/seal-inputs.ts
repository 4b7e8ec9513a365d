import { Prisma, type Schedule } from '@/lib/db/generated/client'
import { lowestIdAt } from '@/lib/db/lowest-id'
import { prisma } from '@/lib/db/prisma'
import { definitions, findDefinition } from '@/lib/jobs/catalog'
import { sealSecrets } from '@/lib/jobs/input-secrets'

/** Schedules looked at together. */
const SLICE = 500

type Kept = Pick<Schedule, 'id' | 'type' | 'input' | 'ownerId'>

/**
 * Encrypts the secrets that schedules of earlier versions keep in the open, or encrypted for anybody.
 * What is encrypted for its owner already stays as it is.
 */
export async function sealScheduleInputs(): Promise<void> {
  const types = definitions.filter(({ secrets }) => secrets).map(({ type }) => type)
  let after: string | undefined = lowestIdAt(new Date(0))
  while (after) {
    const rows: Kept[] = await prisma().schedule.findMany({
      where: { type: { in: types }, id: { gt: after } },
      select: { id: true, type: true, input: true, ownerId: true },
      orderBy: { id: 'asc' },
      take: SLICE,
    })
    const changes = rows.flatMap(sealed)
    // A person's change in between goes before.
    await prisma().$executeRaw(Prisma.sql`
      UPDATE "Schedule" schedule SET input = given.after
      FROM jsonb_to_recordset(${JSON.stringify(changes)}::jsonb)
        AS given(id uuid, before jsonb, after jsonb)
      WHERE schedule.id = given.id AND schedule.input = given.before`)
    after = rows.length === SLICE ? rows.at(-1)?.id : undefined
  }
}

function sealed({ id, type, input: before, ownerId }: Kept) {
  const definition = findDefinition(type)
  if (!definition) return []
  const { input: after, issues } = sealSecrets(definition, before, { ownerId, kept: before })
  const isSame = JSON.stringify(after) === JSON.stringify(before)
  return isSame || issues.length > 0 ? [] : [{ id, before, after }]
}

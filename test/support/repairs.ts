import { prisma } from '@/lib/db/prisma'
import type { RepairKind } from '@/lib/metrics/repairs'

/** How many repairs of a kind were counted so far. */
export async function repairsOf(kind: RepairKind): Promise<number> {
  const row = await prisma().repairTotal.findUnique({ where: { kind } })
  return Number(row?.count ?? 0)
}

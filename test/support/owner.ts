import { v7 as uuidv7 } from 'uuid'
import type { Viewer } from '@/lib/access/viewer'
import type { JobStatus } from '@/lib/db/generated/enums'
import type { InputJsonValue } from '@/lib/db/generated/internal/prismaNamespace'
import { prisma } from '@/lib/db/prisma'
import { catalog } from '@/lib/jobs/catalog'
import { enqueue } from '@/lib/jobs/enqueue'

/** A new person, as the viewer of their own records. */
export async function createViewer(role: Viewer['role'] = 'USER'): Promise<Viewer> {
  const id = uuidv7()
  await prisma().user.create({
    data: { id, email: `${id}@example.com`, name: 'Ann', passwordHash: null, role },
  })
  return { userId: id, role }
}

/**
 * The record of a job in any state, without the queue and without what enqueueing would check;
 * its id.
 */
export async function createJobRecord(
  ownerId: string | null,
  type: string,
  input: InputJsonValue,
  status: JobStatus = 'ACTIVE',
): Promise<string> {
  const mail = { to: 'ann@example.com', template: 'notice' } as const
  return prisma().$transaction(async (tx) => {
    const { job } = await enqueue(tx, catalog.email, mail, { ownerId })
    await tx.job.update({
      where: { id: job.id },
      data: { type, input, status, title: `Test ${type}` },
    })
    return job.id
  })
}

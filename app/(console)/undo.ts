'use server'

import { revalidatePath } from 'next/cache'
import { requireViewer } from '@/app/_server/auth/session'
import { type FormState, formAction } from '@/app/_server/forms/form-state'
import { undrainWorker } from '@/app/_server/queue/workers'
import { undelete } from '@/app/_server/undo/deletions'
import { uncancelJobs } from '@/app/_server/undo/uncancel'
import type { Undo } from '@/app/_server/undo/undo'
import type { Viewer } from '@/lib/access/viewer'
import { notFound } from '@/lib/errors/app-error'
import { countOf } from '@/lib/format/count'
import { findQueue } from '@/lib/jobs/catalog'
import { resumeJobs } from '@/lib/jobs/pauses/change'
import { pauseQueue, resumeQueue } from '@/lib/queue/change-settings'

type Way = (viewer: Viewer, ids: string[]) => Promise<unknown>

const ways: Record<Undo['what'], Way> = {
  cancel: async (viewer, ids) =>
    `${countOf(await uncancelJobs(viewer, ids), 'job')} put back in line.`,
  delete: async (viewer, ids) => `${countOf(await undelete(viewer, ids), 'deletion')} taken back.`,
  'pause-queue': (admin, ids) => resumeQueue(admin, queueOf(ids)),
  'resume-queue': (admin, ids) => pauseQueue(admin, queueOf(ids)),
  'pause-jobs': (admin, [id = '']) => resumeJobs(admin, id),
  'drain-worker': (admin, [id = '']) => undrainWorker(admin, id),
}

function queueOf([name = '']: string[]): string {
  if (!findQueue(name)) throw notFound('This queue')
  return name
}

/** Takes back what was just done. */
export const undo: (state: FormState, form: FormData) => Promise<FormState> = formAction(
  requireViewer,
  async (viewer, { what }, form) => {
    const way = Object.entries(ways).find(([name]) => name === what)?.[1]
    if (!way) throw notFound('This step')
    const said = await way(viewer, form.getAll('id').map(String).slice(0, 100))
    revalidatePath('/', 'layout')
    return typeof said === 'string' ? said : 'Taken back.'
  },
)

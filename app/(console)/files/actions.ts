'use server'

import { revalidatePath } from 'next/cache'
import { requireViewer } from '@/app/_server/auth/session'
import { formAction } from '@/app/_server/forms/form-state'
import { deleteFileSoon } from '@/app/_server/undo/deletions'

/** Deletes a file that no unfinished job needs. */
export const removeFile = formAction(requireViewer, async (viewer, { id = '' }) => {
  await deleteFileSoon(viewer, id)
  revalidatePath('/files')
  return { message: 'The file is deleted.', undo: { what: 'delete', ids: [id] } }
})

'use server'

import { revalidatePath } from 'next/cache'
import { requireViewer } from '@/app/_server/auth/session'
import { deleteFile } from '@/app/_server/files/delete'
import { formAction } from '@/app/_server/forms/form-state'

/** Deletes a file that no unfinished job needs. */
export const removeFile = formAction(requireViewer, async (viewer, { id = '' }) => {
  await deleteFile(viewer, id)
  revalidatePath('/files')
  return 'The file is deleted.'
})

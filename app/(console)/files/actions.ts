'use server'

import { revalidatePath } from 'next/cache'
import { requireViewer } from '@/lib/auth/session'
import { deleteFile } from '@/lib/files/delete'
import { formAction } from '@/lib/http/form-state'

/** Deletes a file that no unfinished job needs. */
export const removeFile = formAction(requireViewer, async (viewer, { id = '' }) => {
  await deleteFile(viewer, id)
  revalidatePath('/files')
  return 'The file is deleted.'
})

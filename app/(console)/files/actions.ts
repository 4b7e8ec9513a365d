'use server'

import { revalidatePath } from 'next/cache'
import { requireViewer } from '@/lib/auth/session'
import { deleteFile } from '@/lib/files/delete'
import { type FormState, formValues, submit } from '@/lib/http/form-state'

/** Deletes a file that no unfinished job needs. */
export async function removeFile(_state: FormState, form: FormData): Promise<FormState> {
  const viewer = await requireViewer()
  return submit(form, async () => {
    await deleteFile(viewer, formValues(form).id ?? '')
    revalidatePath('/files')
    return 'The file is deleted.'
  })
}

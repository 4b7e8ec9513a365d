import '@mantine/dropzone/styles.css'

import type { Metadata } from 'next'
import { requireViewer } from '@/lib/auth/session'
import type { Viewer } from '@/lib/auth/viewer'
import { AppError } from '@/lib/errors/app-error'
import { getFile } from '@/lib/files/read'
import { fileView } from '@/lib/files/view'
import { catalog } from '@/lib/jobs/catalog'
import { PageHeader } from '../../../_components/ui/page-header'
import { duplicateOf } from '../duplicate-of'
import { optionsOf } from '../options'
import { ImageForm } from './image-form'
import { fromInput, usual } from './image-values'

export const metadata: Metadata = { title: 'New image job' }

type Props = { searchParams: Promise<{ from?: string | string[] }> }

export default async function NewImagePage({ searchParams }: Props) {
  const viewer = await requireViewer()
  const original = await duplicateOf(viewer, 'image', (await searchParams).from)
  const parsed = catalog.image.input.safeParse(original?.input)
  const file = parsed.success ? await storedFile(viewer, parsed.data.fileId) : undefined
  return (
    <>
      <PageHeader
        title={original ? 'Duplicate image job' : 'New image job'}
        back={{ href: '/jobs/new', label: 'New job' }}
      />
      <ImageForm
        start={parsed.success ? fromInput(parsed.data) : usual}
        startFile={file}
        startOptions={original ? optionsOf(original) : undefined}
        originalId={original?.id}
      />
    </>
  )
}

async function storedFile(viewer: Viewer, id: string) {
  try {
    return fileView(await getFile(viewer, id))
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return undefined
    throw error
  }
}

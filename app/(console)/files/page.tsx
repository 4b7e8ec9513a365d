import { IconPhoto } from '@tabler/icons-react'
import type { Metadata } from 'next'
import { requireViewer } from '@/app/_server/auth/session'
import { deletingOf } from '@/app/_server/undo/deletions'
import { ownersOf } from '@/lib/access/names'
import { listFiles } from '@/lib/files/read'
import { fileView } from '@/lib/files/view'
import { cursorOf, hrefOf, type SearchParams } from '../_components/list/href'
import { Pager } from '../_components/list/pager'
import { Tabs } from '../_components/list/tabs'
import { LinkButton } from '../_components/ui/button'
import { Empty } from '../_components/ui/empty'
import { PageHeader } from '../_components/ui/page-header'
import { FileCard } from './file-card'
import classes from './files.module.css'
export const metadata: Metadata = { title: 'Files' }

const PAGE_SIZE = 24

const kinds = [
  { value: undefined, label: 'All' },
  { value: 'upload', label: 'Uploads' },
  { value: 'result', label: 'Results' },
] as const

type Props = { searchParams: Promise<SearchParams> }

export default async function FilesPage({ searchParams }: Props) {
  const viewer = await requireViewer()
  const asked = await searchParams
  const kind = kinds.find(({ value }) => value && value === asked.kind)?.value
  const cursor = cursorOf(asked)
  const { data, nextCursor } = await listFiles(viewer, { limit: PAGE_SIZE, cursor, kind })
  const [owners, deleting] = await Promise.all([
    ownersOf(viewer, data),
    deletingOf(data.map(({ id }) => id)),
  ])
  return (
    <>
      <PageHeader title="Files" lead="What you uploaded, and what jobs made of it." />
      <Tabs
        label="Kinds of files"
        tabs={kinds.map(({ value, label }) => ({
          href: hrefOf('/files', { kind: value }),
          label,
          isCurrent: value === kind,
        }))}
      />
      {data.length === 0 ? (
        <Empty
          icon={<IconPhoto size={32} stroke={1.4} aria-hidden />}
          title={cursor ? 'No more files' : 'No files yet'}
          action={
            <LinkButton href="/jobs/new/image" kind="primary">
              New image job
            </LinkButton>
          }
        >
          Images you upload for a job, and the images jobs make, are kept here.
        </Empty>
      ) : (
        <ul className={classes.grid}>
          {data.map((file) =>
            deleting.has(file.id) ? null : (
              <FileCard key={file.id} file={fileView(file)} owner={owners.get(file.ownerId)} />
            ),
          )}
        </ul>
      )}
      <Pager path="/files" values={{ kind }} cursor={cursor} nextCursor={nextCursor} />
    </>
  )
}

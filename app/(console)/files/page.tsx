import { IconPhoto } from '@tabler/icons-react'
import type { Metadata } from 'next'
import Link from 'next/link'
import { validate as isUuid } from 'uuid'
import { requireViewer } from '@/lib/auth/session'
import { listFiles } from '@/lib/files/read'
import { fileView } from '@/lib/files/view'
import { LinkButton } from '../_components/ui/button'
import { Empty } from '../_components/ui/empty'
import page from '../_components/ui/page.module.css'
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

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function FilesPage({ searchParams }: Props) {
  const viewer = await requireViewer()
  const asked = await searchParams
  const kind = kinds.find(({ value }) => value && value === asked.kind)?.value
  const cursor = isUuid(asked.cursor) ? String(asked.cursor) : undefined
  const { data, nextCursor } = await listFiles(viewer, { limit: PAGE_SIZE, cursor, kind })
  const href = (parts: Record<string, string | undefined>) => {
    const set = Object.entries(parts).flatMap(([name, value]) => (value ? [[name, value]] : []))
    return set.length > 0 ? `/files?${new URLSearchParams(set)}` : '/files'
  }
  return (
    <>
      <PageHeader title="Files" lead="What you uploaded, and what jobs made of it." />
      <nav className={classes.kinds} aria-label="Kinds of files">
        {kinds.map(({ value, label }) => (
          <Link
            key={label}
            href={href({ kind: value })}
            aria-current={value === kind ? 'page' : undefined}
          >
            {label}
          </Link>
        ))}
      </nav>
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
          {data.map((file) => (
            <FileCard key={file.id} file={fileView(file)} />
          ))}
        </ul>
      )}
      {(cursor || nextCursor) && (
        <nav className={page.pager} aria-label="Pages">
          {cursor && (
            <LinkButton href={href({ kind })} size="small">
              « Newest
            </LinkButton>
          )}
          {nextCursor && (
            <LinkButton href={href({ kind, cursor: nextCursor })} size="small">
              Older ›
            </LinkButton>
          )}
        </nav>
      )}
    </>
  )
}

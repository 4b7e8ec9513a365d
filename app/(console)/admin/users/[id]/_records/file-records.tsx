import { asPerson, sumFilesOf } from '@/app/_server/users/person'
import { listFiles } from '@/lib/files/read'
import { formatBytes } from '@/lib/format/bytes'
import { countOf } from '@/lib/format/count'
import list from '../../../../_components/list/list.module.css'
import { Pager } from '../../../../_components/list/pager'
import { Table } from '../../../../_components/list/table'
import { Ago } from '../../../../_components/time/ago'
import ui from '../../../../_components/ui/ui.module.css'
import type { RecordsProps } from './records'

/** Somebody's files, with how large all are together. */
export async function FileRecords({ admin, id, page, place }: RecordsProps) {
  const [{ data, nextCursor }, { files, bytes }] = await Promise.all([
    listFiles(asPerson(admin, id), page),
    sumFilesOf(admin, id),
  ])
  return (
    <>
      {files > 0 && (
        <p className={ui.dim}>
          {countOf(files, 'file')}, {formatBytes(bytes)} in all.
        </p>
      )}
      <Table
        label="Table of their files"
        empty="No files."
        rows={data}
        keyOf={({ id: key }) => key}
        columns={[
          {
            name: 'Name',
            cell: (file) => (
              <a href={`/api/v1/files/${file.id}/content`} download className={list.cut}>
                {file.name}
              </a>
            ),
          },
          { name: 'Kind', cell: ({ kind }) => (kind === 'UPLOAD' ? 'Upload' : 'Result') },
          { name: 'Size', look: 'number', cell: ({ bytes: size }) => formatBytes(size) },
          { name: 'Created', cell: ({ createdAt }) => <Ago at={createdAt.toISOString()} /> },
        ]}
      />
      <Pager {...place} nextCursor={nextCursor} />
    </>
  )
}

import { asPerson, sumFilesOf } from '@/app/_server/users/person'
import { listFiles } from '@/lib/files/read'
import { formatBytes } from '@/lib/format/bytes'
import { countOf } from '@/lib/format/count'
import list from '../../../../_components/list/list.module.css'
import { Pager } from '../../../../_components/list/pager'
import { ScrollTable } from '../../../../_components/list/table'
import { Ago } from '../../../../_components/time/ago'
import ui from '../../../../_components/ui/ui.module.css'
import type { RecordsProps } from './records'

/** Somebody's files, with how large all are together. */
export async function FileRecords({ admin: viewer, id, page, place }: RecordsProps) {
  const [{ data, nextCursor }, { files, bytes }] = await Promise.all([
    listFiles(asPerson(viewer, id), page),
    sumFilesOf(viewer, id),
  ])
  if (data.length === 0) return <p className={ui.nothing}>No files.</p>
  return (
    <>
      <p className={ui.dim}>
        {countOf(files, 'file')}, {formatBytes(bytes)} in all.
      </p>
      <ScrollTable label="Table of their files">
        <thead>
          <tr>
            <th>Name</th>
            <th>Kind</th>
            <th className={list.number}>Size</th>
            <th>Created</th>
          </tr>
        </thead>
        <tbody>
          {data.map((file) => (
            <tr key={file.id}>
              <th scope="row">
                <a href={`/api/v1/files/${file.id}/content`} download className={list.cut}>
                  {file.name}
                </a>
              </th>
              <td>{file.kind === 'UPLOAD' ? 'Upload' : 'Result'}</td>
              <td className={list.number}>{formatBytes(file.bytes)}</td>
              <td>
                <Ago at={file.createdAt.toISOString()} />
              </td>
            </tr>
          ))}
        </tbody>
      </ScrollTable>
      <Pager {...place} nextCursor={nextCursor} />
    </>
  )
}

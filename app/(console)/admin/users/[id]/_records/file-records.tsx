import { listFiles } from '@/lib/files/read'
import { formatBytes } from '@/lib/format/bytes'
import { countOf } from '@/lib/format/count'
import { asPerson, sumFilesOf } from '@/lib/users/person'
import { Ago } from '../../../../_components/time/ago'
import { Pager } from '../../../_components/pager'
import { ScrollTable } from '../../../_components/scroll-table'
import admin from '../../../admin.module.css'
import classes from '../../users.module.css'
import type { RecordsProps } from './records'

/** Somebody's files, with how large all are together. */
export async function FileRecords({ admin: viewer, id, page, place }: RecordsProps) {
  const [{ data, nextCursor }, { files, bytes }] = await Promise.all([
    listFiles(asPerson(viewer, id), page),
    sumFilesOf(viewer, id),
  ])
  if (data.length === 0) return <p className={classes.none}>No files.</p>
  return (
    <>
      <p className={classes.sum}>
        {countOf(files, 'file')}, {formatBytes(bytes)} in all.
      </p>
      <ScrollTable label="Table of their files">
        <thead>
          <tr>
            <th>Name</th>
            <th>Kind</th>
            <th className={admin.right}>Size</th>
            <th>Created</th>
          </tr>
        </thead>
        <tbody>
          {data.map((file) => (
            <tr key={file.id}>
              <th scope="row">
                <a href={`/api/v1/files/${file.id}/content`} download className={classes.cut}>
                  {file.name}
                </a>
              </th>
              <td>{file.kind === 'UPLOAD' ? 'Upload' : 'Result'}</td>
              <td className={admin.right}>{formatBytes(file.bytes)}</td>
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

import { IconDownload, IconFile, IconTrash } from '@tabler/icons-react'
import Link from 'next/link'
import type { FileView } from '@/lib/files/view'
import { formatBytes } from '@/lib/format/bytes'
import { Ago } from '../_components/time/ago'
import { DownloadButton } from '../_components/ui/button'
import { ConfirmButton } from '../_components/ui/confirm-button'
import ui from '../_components/ui/ui.module.css'
import { removeFile } from './actions'
import classes from './files.module.css'

const ICON = { size: 16, 'aria-hidden': true } as const

type Props = {
  file: FileView
  /** The name of whose it is, where people see those of others. */
  owner: string | undefined
}

/** One stored file, with its picture where it is one. */
export function FileCard({ file, owner }: Props) {
  const { id, name, kind, contentType, bytes, width, height, jobId, createdAt } = file
  const content = `/api/v1/files/${id}/content`
  const isPicture = contentType.startsWith('image/')
  return (
    <li className={classes.card}>
      <div className={classes.thumb}>
        {isPicture ? (
          // biome-ignore lint/performance/noImgElement: a private file, shown as it is
          <img src={`${content}?inline=1`} alt="" loading="lazy" decoding="async" />
        ) : (
          <IconFile size={36} stroke={1.2} aria-hidden />
        )}
      </div>
      <div className={classes.about}>
        <a href={`${content}?inline=1`} className={ui.clip} title={name}>
          {name}
        </a>
        <span className={ui.note}>
          {width && height ? `${width} × ${height} · ` : ''}
          {formatBytes(bytes)}
        </span>
        <span className={ui.note}>
          {kind === 'upload' && 'Uploaded '}
          {kind === 'result' &&
            (jobId ? (
              <>
                Made by{' '}
                <Link href={`/jobs/${jobId}`} className={ui.link} prefetch={false}>
                  a job
                </Link>{' '}
              </>
            ) : (
              'Made by a deleted job '
            ))}
          <Ago at={createdAt} />
        </span>
        {owner && <span className={ui.note}>{owner}</span>}
      </div>
      <div className={`${ui.line} ${ui.apart}`}>
        <DownloadButton href={content} size="small" icon={<IconDownload {...ICON} />}>
          Download
        </DownloadButton>
        <ConfirmButton
          action={removeFile}
          fields={{ id }}
          kind="quiet"
          size="small"
          icon={<IconTrash {...ICON} />}
          aria-label={`Delete ${name}`}
          title={`Delete “${name}”?`}
          consequence={
            kind === 'upload'
              ? 'The file is removed for good. Jobs that used it stay, but can no longer show the original or be run again with it.'
              : 'The file is removed for good. Its job stays, without its result.'
          }
          confirm="Delete file"
        />
      </div>
    </li>
  )
}

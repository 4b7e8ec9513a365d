'use client'

import { IconX } from '@tabler/icons-react'
import { ProgressBar } from '@/app/(console)/_components/job/progress-bar'
import { PlainButton } from '@/app/(console)/_components/ui/button'
import { formatBytes } from '@/lib/format/bytes'
import classes from './uploads.module.css'
import type { Upload } from './use-uploads'

type Props = {
  uploads: Upload[]
  /** The one the preview shows. */
  shown: string | undefined
  onShow(key: string): void
  onRemove(key: string): void
}

/** The chosen files: how far each is, and why one was refused. */
export function UploadList({ uploads, shown, onShow, onRemove }: Props) {
  return (
    <ul className={classes.files} aria-label="Chosen images">
      {uploads.map(({ key, name, bytes, percent, id, error }) => (
        <li key={key} data-refused={error !== undefined}>
          <button
            type="button"
            className={classes.fileName}
            aria-pressed={key === shown}
            onClick={() => onShow(key)}
            title="Show in the preview"
          >
            {name}
          </button>
          <span className={classes.fileState}>
            {!id && !error && percent !== undefined ? (
              <ProgressBar percent={percent} label={`Upload of ${name}`} />
            ) : (
              bytes !== undefined && formatBytes(bytes)
            )}
          </span>
          <PlainButton
            kind="quiet"
            size="small"
            aria-label={`Remove ${name}`}
            icon={<IconX size={15} aria-hidden />}
            onClick={() => onRemove(key)}
          />
          {error && (
            <span className={classes.fileError} role="alert">
              {error}
            </span>
          )}
          {!id && !error && percent === undefined && (
            <span className={classes.fileError} role="status">
              The server does not answer. The upload goes on once it does.
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}

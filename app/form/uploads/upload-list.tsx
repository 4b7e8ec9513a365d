'use client'

import { IconX } from '@tabler/icons-react'
import { ProgressBar } from '@/app/(console)/_components/job/progress-bar'
import { Cell, List, Row } from '@/app/(console)/_components/list/list'
import { PlainButton } from '@/app/(console)/_components/ui/button'
import ui from '@/app/(console)/_components/ui/ui.module.css'
import { formatBytes } from '@/lib/format/bytes'
import { Problem } from '../fields'
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
    <List label="Chosen images">
      {uploads.map(({ key, name, bytes, percent, id, error }) => (
        <Row
          key={key}
          title={
            <button
              type="button"
              className={classes.fileName}
              aria-pressed={key === shown}
              onClick={() => onShow(key)}
              title="Show in the preview"
            >
              {name}
            </button>
          }
          note={
            <>
              <Problem>{error}</Problem>
              {!id && !error && percent === undefined && (
                <p className={`${ui.note} ${ui.tone}`} data-status="failed" role="status">
                  The server does not answer. The upload goes on once it does.
                </p>
              )}
            </>
          }
        >
          <Cell width="auto">
            {!id && !error && percent !== undefined ? (
              <ProgressBar percent={percent} label={`Upload of ${name}`} />
            ) : (
              bytes !== undefined && formatBytes(bytes)
            )}
          </Cell>
          <PlainButton
            kind="quiet"
            size="small"
            aria-label={`Remove ${name}`}
            icon={<IconX size={15} aria-hidden />}
            onClick={() => onRemove(key)}
          />
        </Row>
      ))}
    </List>
  )
}

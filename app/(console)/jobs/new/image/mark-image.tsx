'use client'

import { FileButton } from '@mantine/core'
import { IconPhotoUp, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { PlainButton } from '../../../_components/ui/button'
import classes from './image.module.css'
import type { MarkFile } from './image-values'
import { upload } from './upload'

type Props = {
  file: MarkFile | undefined
  error: string | undefined
  onChange(file: MarkFile | undefined): void
}

/** An image instead of a text as the watermark. */
export function MarkImage({ file, error, onChange }: Props) {
  const [state, setState] = useState<{ sending?: boolean; error?: string }>({})

  async function send(chosen: File | null) {
    if (!chosen) return
    setState({ sending: true })
    const answer = await upload(chosen, () => undefined, new AbortController().signal)
    if ('error' in answer) return setState({ error: answer.error })
    setState({})
    onChange({ id: answer.file.id, name: chosen.name, url: URL.createObjectURL(chosen) })
  }

  const refusal = state.error ?? error
  return (
    <div className={classes.wideField}>
      {file ? (
        <span className={classes.mark}>
          {/* biome-ignore lint/performance/noImgElement: a file of this form */}
          <img src={file.url} alt="" />
          <span>{file.name}</span>
          <PlainButton
            kind="quiet"
            size="small"
            aria-label="Use text instead"
            icon={<IconX size={15} aria-hidden />}
            onClick={() => onChange(undefined)}
          />
        </span>
      ) : (
        <FileButton onChange={send} accept="image/png,image/webp,image/jpeg,image/avif,image/gif">
          {({ onClick }) => (
            <PlainButton
              size="small"
              icon={<IconPhotoUp size={15} aria-hidden />}
              aria-busy={state.sending ?? false}
              onClick={onClick}
            >
              {state.sending ? 'Uploading…' : 'Use an image instead'}
            </PlainButton>
          )}
        </FileButton>
      )}
      {refusal && (
        <p className={classes.stepError} role="alert">
          {refusal}
        </p>
      )}
    </div>
  )
}

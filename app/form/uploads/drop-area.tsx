'use client'

import '@mantine/dropzone/styles.css'

import { Dropzone } from '@mantine/dropzone'
import { IconPhotoPlus } from '@tabler/icons-react'
import { useEffect } from 'react'
import { MAX_UPLOAD_BYTES } from '@/lib/files/limits'
import { formatBytes } from '@/lib/format/bytes'
import classes from './uploads.module.css'

/** What can be uploaded as an image. */
export const IMAGE_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'image/avif', 'image/gif']

type Props = {
  onFiles(files: readonly File[]): void
  onRefused(name: string, bytes: number, reason: string): void
}

/** Where images are dropped, pasted or chosen. */
export function DropArea({ onFiles, onRefused }: Props) {
  useEffect(() => {
    function paste(event: ClipboardEvent) {
      const pasted = [...(event.clipboardData?.files ?? [])]
      if (pasted.length > 0) event.preventDefault()
      for (const file of pasted) {
        const problem = problemOf(file)
        if (problem) onRefused(file.name, file.size, problem)
        else onFiles([file])
      }
    }
    document.addEventListener('paste', paste)
    return () => document.removeEventListener('paste', paste)
  }, [onFiles, onRefused])

  return (
    <Dropzone
      onDrop={onFiles}
      onReject={(rejections) => {
        for (const { file } of rejections) onRefused(file.name, file.size, problemOf(file) ?? '')
      }}
      accept={IMAGE_TYPES}
      maxSize={MAX_UPLOAD_BYTES}
      className={classes.drop}
      role="group"
      aria-label="Images"
      tabIndex={-1}
      activateOnKeyboard={false}
      enablePointerEvents
      inputProps={{ 'aria-label': 'Images' }}
    >
      <div className={classes.dropInside}>
        <IconPhotoPlus size={28} stroke={1.4} aria-hidden />
        <div>
          <p>
            Drop or paste images here, or{' '}
            {/* A click on it reaches the area, which opens the choice. */}
            <button type="button">choose them</button>
          </p>
          <span>JPEG, PNG, WebP, AVIF or GIF, up to {formatBytes(MAX_UPLOAD_BYTES)} each</span>
        </div>
      </div>
    </Dropzone>
  )
}

function problemOf({ type, size }: File): string | undefined {
  if (size > MAX_UPLOAD_BYTES) return `This file is larger than ${formatBytes(MAX_UPLOAD_BYTES)}`
  return IMAGE_TYPES.includes(type) ? undefined : 'Expected a JPEG, PNG, WebP, AVIF or GIF image'
}

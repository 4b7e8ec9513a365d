'use client'

import '@mantine/dropzone/styles.css'

import { Dropzone, type FileRejection } from '@mantine/dropzone'
import { IconPhotoPlus } from '@tabler/icons-react'
import { MAX_UPLOAD_BYTES } from '@/lib/files/limits'
import { formatBytes } from '@/lib/format/bytes'
import classes from './uploads.module.css'

/** What can be uploaded as an image. */
export const IMAGE_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'image/avif', 'image/gif']

type Props = {
  onFiles(files: readonly File[]): void
  onRefused(name: string, bytes: number, reason: string): void
}

/** Where images are dropped, or chosen. */
export function DropArea({ onFiles, onRefused }: Props) {
  function refuse(rejections: FileRejection[]) {
    for (const { file, errors } of rejections) {
      const tooLarge = errors.some(({ code }) => code === 'file-too-large')
      const reason = tooLarge
        ? `This file is larger than ${formatBytes(MAX_UPLOAD_BYTES)}`
        : 'Expected a JPEG, PNG, WebP, AVIF or GIF image'
      onRefused(file.name, file.size, reason)
    }
  }
  return (
    <Dropzone
      onDrop={(files) => onFiles(files)}
      onReject={refuse}
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
            Drop images here, or {/* A click on it reaches the area, which opens the choice. */}
            <button type="button">choose them</button>
          </p>
          <span>JPEG, PNG, WebP, AVIF or GIF, up to {formatBytes(MAX_UPLOAD_BYTES)} each</span>
        </div>
      </div>
    </Dropzone>
  )
}

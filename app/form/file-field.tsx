'use client'

import { FileButton } from '@mantine/core'
import { IconPhotoUp } from '@tabler/icons-react'
import { useContext, useEffect, useState } from 'react'
import type { Field } from '@/app/_server/forms/field'
import { PlainButton } from '@/app/(console)/_components/ui/button'
import { useFormState } from './action-form'
import { useLiveInput } from './live-input'
import { type Placed, Records } from './placed'
import { RecordField } from './record-field'
import { DropArea, IMAGE_TYPES } from './uploads/drop-area'
import { UploadList } from './uploads/upload-list'
import classes from './uploads/uploads.module.css'
import { useUploads } from './uploads/use-uploads'

/** An image that is uploaded here, or chosen among earlier ones; several where each makes a job. */
export function FileField({ field, name, value }: Placed<Extract<Field, { kind: 'text' }>>) {
  const { errors, made } = useFormState()
  const { refresh, show } = useLiveInput()
  const choices = useContext(Records)?.file ?? []
  const { uploads, add, remove, refuse } = useUploads()
  const [stored, setStored] = useState(String(value ?? ''))
  const [chosen, setChosen] = useState<string>()
  const { each = false, label, none } = field
  const isSending = uploads.some(({ id, error }) => !id && !error)
  const picture =
    uploads.find(({ key, url }) => key === chosen && url) ?? uploads.find(({ url }) => url)
  const storedUrl = stored ? `/api/v1/files/${stored}/content?inline=1` : undefined
  const url = picture?.url ?? storedUrl
  const shownName = picture?.name ?? choices.find((choice) => choice.value === stored)?.label ?? ''

  useEffect(() => refresh(uploads), [uploads, refresh])
  useEffect(() => {
    if (each) show(url ? { url, name: shownName } : undefined)
  }, [each, url, shownName, show])
  useEffect(() => {
    for (const id of made ?? []) remove(id)
  }, [made, remove])

  const listed = uploads.map((upload) => {
    const error = upload.error ?? (upload.id && errors[`${name}.${upload.id}`])
    return error ? { ...upload, error } : upload
  })
  return (
    <div className={classes.field}>
      {each && <DropArea onFiles={add} onRefused={refuse} />}
      {listed.length > 0 && (
        <UploadList
          uploads={listed}
          shown={each ? picture?.key : undefined}
          onShow={setChosen}
          onRemove={remove}
        />
      )}
      {uploads.map(({ key, id }) => id && <input key={key} type="hidden" name={name} value={id} />)}
      {isSending && <input type="hidden" name="isUploading" value="1" />}
      {(each ? choices.length > 0 || stored : uploads.length === 0) && (
        <RecordField
          name={name}
          label={each ? `Or an earlier ${label.toLowerCase()}` : label}
          choices={choices}
          none={none}
          value={stored}
          error={errors[name]}
          onChange={(event) => setStored(event.currentTarget.value)}
        />
      )}
      {each && uploads.length + choices.length === 0 && errors[name] && (
        <p role="alert">{errors[name]}</p>
      )}
      {!each && uploads.length === 0 && (
        <FileButton onChange={(file) => file && add([file])} accept={IMAGE_TYPES.join(',')}>
          {({ onClick }) => (
            <PlainButton
              size="small"
              icon={<IconPhotoUp size={15} aria-hidden />}
              onClick={onClick}
            >
              Upload an image
            </PlainButton>
          )}
        </FileButton>
      )}
    </div>
  )
}

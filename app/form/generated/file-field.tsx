'use client'

import { FileButton } from '@mantine/core'
import { IconPhotoUp } from '@tabler/icons-react'
import { useContext, useEffect, useRef, useState } from 'react'
import type { Field } from '@/app/_server/forms/field'
import { PlainButton } from '@/app/(console)/_components/ui/button'
import { Held, UPLOADING, useFormState } from '../action-form'
import { Problem } from '../fields'
import { DropArea, IMAGE_TYPES } from '../uploads/drop-area'
import { UploadList } from '../uploads/upload-list'
import classes from '../uploads/uploads.module.css'
import { urlOf, useUploads } from '../uploads/use-uploads'
import { useLiveInput } from './live-input'
import { type Placed, Records } from './placed'
import { RecordField } from './record-field'

/** An image that is uploaded here, or chosen among earlier ones; several where each makes a job. */
export function FileField({ field, name, value }: Placed<Extract<Field, { kind: 'text' }>>) {
  const { errors, made } = useFormState()
  const { refresh, show, draft } = useLiveInput()
  const choices = useContext(Records)?.file ?? []
  const { each = false, label, none } = field
  const nameOf = (id: string) => choices.find((choice) => choice.value === id)?.label ?? ''
  const kept = (each ? draft : undefined)?.flatMap(([key, id]) => (key === name && id ? [id] : []))
  const { uploads, isSending, add, remove, refuse } = useUploads(
    (kept ?? []).map((id) => ({ id, name: nameOf(id) })),
  )
  const [stored, setStored] = useState(kept ? '' : String(value ?? ''))
  const [chosen, setChosen] = useState<string>()
  const picture =
    uploads.find(({ key, url }) => key === chosen && url) ?? uploads.find(({ url }) => url)
  const url = picture?.url ?? (stored ? urlOf(stored) : undefined)
  const shownName = picture?.name ?? nameOf(stored)

  useEffect(() => refresh(uploads), [uploads, refresh])
  useEffect(() => {
    if (each) show(url ? { url, name: shownName } : undefined)
  }, [each, url, shownName, show])
  useEffect(() => {
    for (const id of made ?? []) remove(id)
  }, [made, remove])
  useHeldSubmission(isSending, uploads.filter(({ error }) => error).length)

  const listed = uploads.map((upload) => {
    const error = upload.error ?? (upload.id && errors[`${name}.${upload.id}`])
    return error ? { ...upload, error } : upload
  })
  // What was wrong with the choice is said until there is another one.
  const [told, setTold] = useState({ errors, uploads })
  if (told.errors !== errors) setTold({ errors, uploads })
  const error = told.uploads === uploads ? errors[name] : undefined
  const offersStored = each ? choices.length > 0 || stored : uploads.length === 0
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
      {uploads.map(({ key, id, error: refusal }) =>
        id || !refusal ? (
          <input key={key} type="hidden" name={id ? name : UPLOADING} value={id ?? name} />
        ) : null,
      )}
      {offersStored && (
        <RecordField
          name={name}
          label={each ? `Or an earlier ${label.toLowerCase()}` : label}
          choices={choices}
          none={none}
          value={stored}
          error={error}
          onChange={(event) => setStored(event.currentTarget.value)}
        />
      )}
      {!offersStored && <Problem>{error}</Problem>}
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

/** Goes on with a submission once all files are stored; not when one was refused in the meantime. */
function useHeldSubmission(isSending: boolean, refused: number): void {
  const { isHeld, release, resume } = useContext(Held)
  const before = useRef(refused)
  useEffect(() => {
    const isRefused = refused > before.current
    before.current = refused
    if (!isHeld) return
    if (isRefused) release()
    else if (!isSending) resume()
  }, [isHeld, isSending, refused, release, resume])
}

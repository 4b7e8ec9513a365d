'use client'

import { TextInput } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useState } from 'react'
import { useFormState } from '@/app/form/action-form'
import { FormDialog } from '@/app/form/form-dialog'
import { recover } from '../actions'

const DAY_MS = 24 * 3600_000

/** Asks since when, and tries again what failed for good since then. */
export function Recover({ id }: { id: string }) {
  return (
    <FormDialog
      size="small"
      icon={<IconRefresh size={15} aria-hidden />}
      button="Recover failed"
      title="Recover all failed since …"
      consequence="Every webhook to this endpoint that failed for good since then gets new attempts, oldest first, at most 10,000 at once. Each keeps its id, so that a receiver can tell what it has already."
      action={recover}
      submit="Try them again"
    >
      <input type="hidden" name="id" value={id} />
      <Since />
    </FormDialog>
  )
}

/** A moment, typed in the person's time zone and sent in UTC. */
function Since() {
  const { errors } = useFormState()
  const [local, setLocal] = useState(() => toLocal(new Date(Date.now() - DAY_MS)))
  const time = new Date(local)
  return (
    <>
      <TextInput
        type="datetime-local"
        label="Since"
        description="In your time zone"
        value={local}
        error={errors.since}
        onChange={(event) => setLocal(event.currentTarget.value)}
        maw={260}
      />
      <input
        type="hidden"
        name="since"
        value={Number.isNaN(time.getTime()) ? '' : time.toISOString()}
      />
    </>
  )
}

/** As `<input type="datetime-local">` writes it. */
function toLocal(time: Date): string {
  const shifted = new Date(time.getTime() - time.getTimezoneOffset() * 60_000)
  return shifted.toISOString().slice(0, 16)
}

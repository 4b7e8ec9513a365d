'use client'

import { TextInput } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { ActionForm, useFormState } from '@/app/form/action-form'
import { PlainButton } from '../../_components/ui/button'
import { Dialog, type DialogHandle } from '../../_components/ui/dialog'
import { recover } from '../actions'

const DAY_MS = 24 * 3600_000

/** Asks since when, and tries again what failed for good since then. */
export function Recover({ id }: { id: string }) {
  const dialog = useRef<DialogHandle>(null)
  const [opening, setOpening] = useState(0)
  return (
    <>
      <PlainButton
        size="small"
        icon={<IconRefresh size={15} aria-hidden />}
        onClick={() => {
          setOpening(opening + 1)
          dialog.current?.open()
        }}
      >
        Recover failed
      </PlainButton>
      <Dialog ref={dialog} title="Recover all failed since …">
        <ActionForm key={opening} action={recover} submit="Try them again">
          <p>
            Every webhook to this endpoint that failed for good since then gets new attempts, oldest
            first, at most 10,000 at once. Each keeps its id, so that a receiver can tell what it
            has already.
          </p>
          <input type="hidden" name="id" value={id} />
          {opening > 0 && <Since />}
        </ActionForm>
      </Dialog>
    </>
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

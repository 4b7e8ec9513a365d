'use client'

import { IconRefresh } from '@tabler/icons-react'
import { useState } from 'react'
import { FormDialog } from '@/app/form/form-dialog'
import { MomentField } from '@/app/form/moment-field'
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

/** From a day ago unless the person says otherwise. */
function Since() {
  const [dayAgo] = useState(() => new Date(Date.now() - DAY_MS))
  return <MomentField name="since" label="Since" start={dayAgo} />
}

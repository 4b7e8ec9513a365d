'use client'

import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useReducer,
  useRef,
  useState,
} from 'react'
import type { Field } from '@/app/_server/forms/field'
import { readFields } from '@/app/_server/forms/read'
import classes from './schema-fields.module.css'

/** A picture that a field wants the preview to show, perhaps still on its way to the server. */
export type Shown = { url: string; name: string }

type Posted = Readonly<Record<string, string>>
type Read = { key: string; posted: Posted; input: unknown; count: number }

type Live = Omit<Read, 'key'> & {
  /** Reads the form again once something else is the cause; for what changes without anyone typing. */
  refresh(cause: object): void
  shown: Shown | undefined
  show(shown: Shown | undefined): void
}

const nothing = { posted: {}, input: undefined, count: 0 }
const LiveContext = createContext<Live>({
  ...nothing,
  refresh: () => undefined,
  shown: undefined,
  show: () => undefined,
})

/** What the form would post as it stands: `posted` by names, as the job's `input`, and for how many jobs. */
export function useLiveInput(): Live {
  return useContext(LiveContext)
}

/** Reads the form around it while it is filled in. */
export function LiveInput({
  fields,
  start,
  children,
}: {
  fields: readonly Field[]
  start: unknown
  children: ReactNode
}) {
  const anchor = useRef<HTMLDivElement>(null)
  const [read, setRead] = useState<Read>({ ...nothing, key: '', input: start })
  const [shown, show] = useState<Shown>()
  const [, refresh] = useReducer((_before: object, cause: object) => cause, {})

  // Fields appear and go by what others hold, so each reading may lead to one more.
  useEffect(() => {
    const form = anchor.current?.closest('form')
    if (!form) return
    const data = new FormData(form)
    const entries = [...data].filter(
      (entry): entry is [string, string] => !(entry[1] instanceof File),
    )
    const key = JSON.stringify(entries)
    if (key === read.key) return
    const each = fields.find((field) => field.each)
    const count = each ? data.getAll(`input.${each.name}`).filter(Boolean).length : 1
    const { input } = readFields(fields, data, 'input')
    setRead({ key, posted: Object.fromEntries(entries), input, count })
  })

  const live = useMemo(() => ({ ...read, refresh, shown, show }), [read, shown])
  return (
    <div ref={anchor} className={classes.contents} onChange={refresh}>
      <LiveContext value={live}>{children}</LiveContext>
    </div>
  )
}

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
import type { Cells } from '@/app/_server/mail-list/texts'
import { UPLOADING } from '../action-form'
import type { Entries } from '../draft'
import classes from '../form.module.css'

/** What a field wants the preview to show: a picture, perhaps still on its way, or a person of a list. */
type Shown = { url: string; name: string } | { to: string; cells: Cells }

type Posted = Readonly<Record<string, string>>
type Read = { key: string; posted: Posted; input: unknown; count: number }

type Live = Omit<Read, 'key'> & {
  /** Reads the form again once something else is the cause; for what changes without anyone typing. */
  refresh(cause: object): void
  shown: Shown | undefined
  show(shown: Shown | undefined): void
  /** The draft that the form began with. */
  draft: Entries | undefined
}

const nothing = { posted: {}, input: undefined, count: 0 }
const LiveContext = createContext<Live>({
  ...nothing,
  refresh: () => undefined,
  shown: undefined,
  show: () => undefined,
  draft: undefined,
})

/** What the form would post as it stands: `posted` by names, as the job's `input`, and for how many jobs. */
export function useLiveInput(): Live {
  return useContext(LiveContext)
}

/** What a person does to a form; all else that changes in it is no reason to keep it. */
const touches = ['input', 'change', 'pointerdown', 'keydown', 'paste', 'drop'] as const

type Props = {
  fields: readonly Field[]
  start: unknown
  draft: Entries | undefined
  /** Called with all the form holds, whenever a person has changed it. */
  onChange(entries: Entries): void
  children: ReactNode
}

/** Reads the form around it while it is filled in. */
export function LiveInput({ fields, start, draft, onChange, children }: Props) {
  const anchor = useRef<HTMLDivElement>(null)
  const [read, setRead] = useState<Read>({ ...nothing, key: '', input: start })
  const [shown, show] = useState<Shown>()
  const [, refresh] = useReducer((_before: object, cause: object) => cause, {})
  const isTouched = useRef(false)

  useEffect(() => {
    const touch = () => {
      isTouched.current = true
    }
    for (const type of touches) window.addEventListener(type, touch, { capture: true })
    return () => {
      for (const type of touches) window.removeEventListener(type, touch, { capture: true })
    }
  }, [])

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
    const name = `input.${each?.name}`
    const chosen = entries.filter(([field, value]) => field === name && value !== '')
    const coming = entries.filter(([field, value]) => field === UPLOADING && value === name)
    const { input } = readFields(fields, data, 'input')
    const count = each ? chosen.length + coming.length : 1
    setRead({ key, posted: Object.fromEntries(entries), input, count })
    if (isTouched.current) onChange(entries)
  })

  const live = useMemo(() => ({ ...read, refresh, shown, show, draft }), [read, shown, draft])
  return (
    <div ref={anchor} className={classes.contents} onChange={refresh}>
      <LiveContext value={live}>{children}</LiveContext>
    </div>
  )
}

'use client'

import { IconArrowRight, IconListDetails, IconPlus, IconSearch } from '@tabler/icons-react'
import { useRouter } from 'next/navigation'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { countOf } from '@/lib/format/count'
import ui from '../ui/ui.module.css'
import {
  type Entry,
  type Group,
  matching,
  newEntries,
  pagesFor,
  searchEntry,
  type TypeName,
} from './entries'
import classes from './palette.module.css'
import { type JobSearch, useJobSearch } from './use-job-search'

type Props = {
  isAdmin: boolean
  types: readonly TypeName[]
  onClose: () => void
}

/** Goes anywhere by typing: pages, new jobs, and jobs by what is in them. Open while it is shown. */
export function Palette({ isAdmin, types, onClose }: Props) {
  const router = useRouter()
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  const [typed, setTyped] = useState('')
  const [active, setActive] = useState(0)
  const search = useJobSearch(typed)
  const groups = groupsOf(typed.trim(), isAdmin, types, search)
  const entries = groups.flatMap((group) => group.entries)
  const at = Math.min(active, entries.length - 1)
  const optionId = (place: number) => `${id}option-${place}`

  useEffect(() => dialog.current?.showModal(), [])
  useEffect(() => {
    document.getElementById(`${id}option-${at}`)?.scrollIntoView({ block: 'nearest' })
  })
  function go(entry: Entry | undefined) {
    if (!entry) return
    dialog.current?.close()
    if (entry.away) window.location.assign(entry.href)
    else router.push(entry.href)
  }

  function onKeyDown(event: KeyboardEvent) {
    const moves: Record<string, number> = {
      ArrowDown: (at + 1) % entries.length,
      ArrowUp: (at - 1 + entries.length) % entries.length,
      PageDown: entries.length - 1,
      PageUp: 0,
    }
    const to = moves[event.key]
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter') go(entries[at])
    else if (to === undefined || entries.length === 0) return
    else setActive(to)
    event.preventDefault()
  }

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does the same by itself
    <dialog
      ref={dialog}
      className={`${ui.dialog} ${classes.palette}`}
      aria-label="Go to or search"
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) dialog.current.close()
      }}
    >
      <div className={classes.field}>
        <IconSearch size={18} aria-hidden />
        <input
          type="text"
          role="combobox"
          aria-label="Pages, new jobs, and jobs by text or id"
          aria-expanded={entries.length > 0}
          aria-controls={`${id}list`}
          aria-autocomplete="list"
          aria-activedescendant={entries.length > 0 ? optionId(at) : undefined}
          placeholder="Go to a page, make something new, find a job"
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value)
            setActive(0)
          }}
          onKeyDown={onKeyDown}
        />
        <kbd aria-hidden>Esc</kbd>
      </div>
      <div id={`${id}list`} role="listbox" aria-label="Results" className={classes.list}>
        {groups.map(({ title, entries: members }) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options, not of fields
          <div key={title} role="group" aria-label={title}>
            <p className={classes.hint} aria-hidden>
              {title}
            </p>
            {members.map((entry) => {
              const place = entries.indexOf(entry)
              return (
                <Option
                  key={entry.key}
                  id={optionId(place)}
                  entry={entry}
                  group={title}
                  isActive={place === at}
                  onChoose={() => go(entry)}
                  onPoint={() => setActive(place)}
                />
              )
            })}
          </div>
        ))}
      </div>
      <p className={classes.hint} role="status">
        {statusOf(search, entries.length)}
      </p>
    </dialog>
  )
}

const icons = { Pages: IconArrowRight, New: IconPlus, Jobs: IconListDetails } as const

type OptionProps = {
  id: string
  entry: Entry
  group: string
  isActive: boolean
  onChoose: () => void
  onPoint: () => void
}

function Option({ id, entry, group, isActive, onChoose, onPoint }: OptionProps) {
  const Icon = Object.entries(icons).find(([name]) => name === group)?.[1] ?? IconSearch
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the focus and the keys
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isActive}
      className={classes.option}
      onClick={onChoose}
      onPointerMove={onPoint}
    >
      <Icon size={16} stroke={1.7} aria-hidden />
      <span className={ui.clip}>{entry.label}</span>
      {entry.hint && <span className={classes.hint}>{entry.hint}</span>}
    </div>
  )
}

/** What fits what was typed, in groups; the search over all jobs comes last. */
function groupsOf(
  typed: string,
  isAdmin: boolean,
  types: readonly TypeName[],
  search: JobSearch,
): Group[] {
  const groups = [
    { title: 'Pages', entries: matching(pagesFor(isAdmin), typed) },
    { title: 'New', entries: matching(newEntries(types), typed) },
    { title: 'Jobs', entries: search.entries },
    { title: 'Search', entries: typed === '' ? [] : [searchEntry(typed)] },
  ]
  return groups.filter(({ entries }) => entries.length > 0)
}

function statusOf({ state }: JobSearch, count: number): string {
  if (state === 'searching') return 'Searching jobs …'
  if (state === 'failed') return 'Jobs cannot be searched at the moment.'
  return countOf(count, 'result')
}

'use client'

import { useMantineColorScheme } from '@mantine/core'
import {
  IconArrowRight,
  IconBolt,
  IconListDetails,
  IconPlus,
  IconSearch,
  IconSun,
  IconUser,
} from '@tabler/icons-react'
import { useRouter } from 'next/navigation'
import { type RefObject, useEffect, useState } from 'react'
import { countOf } from '@/lib/format/count'
import { Ago } from '../time/ago'
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
import { pageVerbs } from './page-verbs'
import type { TakesKey } from './palette'
import classes from './palette.module.css'
import { type Finding, useFind } from './use-find'

type Props = {
  /** Begins the ids of the list and of the active option. */
  id: string
  typed: string
  isAdmin: boolean
  types: readonly TypeName[]
  /** Is given what takes the keys. */
  takesKey: RefObject<TakesKey | null>
  /** Keys that came before this did. */
  waiting: RefObject<string[]>
  close: () => void
}

/** What fits what was typed, and what happens when it is chosen. */
export function Results({ id, typed, isAdmin, types, takesKey, waiting, close }: Props) {
  const router = useRouter()
  const { setColorScheme } = useMantineColorScheme()
  // The page behind does not change what it can do while it cannot be reached.
  const [verbs] = useState(pageVerbs)
  const [active, setActive] = useState({ typed, at: 0 })
  const finding = useFind(typed)
  const text = typed.trim()
  const themes = (['light', 'dark', 'auto'] as const).map((scheme) => ({
    key: `theme ${scheme}`,
    label: `Theme: ${scheme === 'auto' ? 'as the system' : scheme}`,
    hint: '',
    run: () => setColorScheme(scheme),
  }))
  const here = verbs.map(({ label, press }) => ({
    key: `do ${label}`,
    label,
    hint: '',
    run: press,
  }))
  const groups = [
    { title: 'On this page', entries: matching(here, text) },
    { title: 'Pages', entries: matching(pagesFor(isAdmin), text) },
    { title: 'New', entries: matching(newEntries(types), text) },
    { title: 'Theme', entries: text ? matching(themes, text) : [] },
    ...finding.groups,
    { title: 'Search', entries: text ? [searchEntry(text)] : [] },
  ].filter(({ entries }) => entries.length > 0)
  const entries = groups.flatMap((group) => group.entries)
  const at = active.typed === typed ? Math.min(active.at, entries.length - 1) : 0

  function go(entry: Entry | undefined) {
    if (!entry) return
    close()
    if (entry.run) entry.run()
    else if (entry.away && entry.href) window.location.assign(entry.href)
    else if (entry.href) router.push(entry.href)
  }

  function take(key: string, from: number): number {
    const moves: Record<string, number> = {
      ArrowDown: (from + 1) % entries.length,
      ArrowUp: (from - 1 + entries.length) % entries.length,
      PageDown: entries.length - 1,
      PageUp: 0,
    }
    if (key === 'Enter') go(entries[from])
    return moves[key] ?? from
  }

  useEffect(() => {
    takesKey.current = (key) => setActive({ typed, at: take(key, at) })
    const keys = waiting.current.splice(0)
    if (keys.length > 0) setActive({ typed, at: keys.reduce((from, key) => take(key, from), at) })
    document.getElementById(`${id}active`)?.scrollIntoView({ block: 'nearest' })
  })
  useEffect(
    () => () => {
      takesKey.current = null
    },
    [takesKey],
  )

  return (
    <>
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
                  id={place === at ? `${id}active` : undefined}
                  entry={entry}
                  group={title}
                  onChoose={() => go(entry)}
                  onPoint={() => setActive({ typed, at: place })}
                />
              )
            })}
          </div>
        ))}
      </div>
      <p className={classes.hint} role="status">
        {statusOf(finding, entries.length)}
      </p>
    </>
  )
}

const icons: Record<string, typeof IconSearch> = {
  'On this page': IconBolt,
  Pages: IconArrowRight,
  New: IconPlus,
  Theme: IconSun,
  People: IconUser,
  Search: IconSearch,
}

type OptionProps = {
  /** Set where it is the active one. */
  id: string | undefined
  entry: Entry
  group: Group['title']
  onChoose: () => void
  onPoint: () => void
}

function Option({ id, entry, group, onChoose, onPoint }: OptionProps) {
  const Icon = icons[group] ?? IconListDetails
  const { label, hint, status, at } = entry
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the focus and the keys
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={id !== undefined}
      className={classes.option}
      onClick={onChoose}
      onPointerMove={onPoint}
    >
      <Icon size={16} stroke={1.7} aria-hidden />
      <span className={ui.clip}>{label}</span>
      {hint && (
        <span className={classes.hint} data-status={status}>
          {hint}
        </span>
      )}
      {at && (
        <span className={classes.hint}>
          <Ago at={at} />
        </span>
      )}
    </div>
  )
}

function statusOf({ state }: Finding, count: number): string {
  if (state === 'searching') return 'Searching …'
  if (state === 'failed') return 'The server could not search. Pages and actions still work.'
  return countOf(count, 'result')
}

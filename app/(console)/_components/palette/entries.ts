import { tabs } from '../../admin/tabs'
import { adminItem, furtherItems, navItems } from '../frame/nav-items'

/** Something the palette leads to, or does. */
export type Entry = {
  /** Unique among all entries. */
  key: string
  label: string
  /** What stands beside it, dimmed. */
  hint: string
  /** Where it leads. */
  href?: string
  /** A page of another frame: it is loaded whole. */
  away?: boolean
  /** What it does instead. */
  run?: () => void
  /** Gives it that status's colour. */
  status?: string
  /** When it was made. */
  at?: string
}

export type Group = { title: string; entries: Entry[] }

/** A job type that people may create jobs of. */
export type TypeName = { type: string; label: string }

const furtherPages = [
  { href: '/settings/api-keys', label: 'API keys' },
  { href: '/settings/suppressions', label: 'Suppressed addresses' },
  { href: '/api-docs', label: 'API reference' },
]

/** The pages there are, the rooms of the sidebar first. */
export function pagesFor(isAdmin: boolean): Entry[] {
  const admin = isAdmin
    ? tabs.map(({ href, label, away }) => ({ href, label: `${adminItem.label}: ${label}`, away }))
    : []
  return [...navItems, ...furtherItems, ...furtherPages, ...admin].map(
    ({ href, label, ...rest }) => ({
      key: `page ${href}`,
      label,
      hint: 'Page',
      href,
      ...('away' in rest && rest.away ? { away: true } : {}),
    }),
  )
}

/** What can be made new. */
export function newEntries(types: readonly TypeName[]): Entry[] {
  const jobs = types.map(({ type, label }) => ({
    key: `new ${type}`,
    label: `New ${label.toLowerCase()} job`,
    hint: 'Job type',
    href: `/jobs/new/${type}`,
  }))
  const schedule = { key: 'new schedule', label: 'New schedule', hint: '', href: '/schedules/new' }
  return [...jobs, schedule]
}

/** Of these, the ones that have every word that was typed, those that begin with it first. */
export function matching(entries: readonly Entry[], typed: string): Entry[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean)
  const rank = ({ label }: Entry) => (label.toLowerCase().startsWith(words[0] ?? '') ? 0 : 1)
  return entries
    .filter(({ label }) => words.every((word) => label.toLowerCase().includes(word)))
    .sort((a, b) => rank(a) - rank(b))
}

/** The search over all jobs, for what the palette does not show. */
export function searchEntry(typed: string): Entry {
  return {
    key: 'search',
    label: `Search jobs for “${typed}”`,
    hint: 'All results',
    href: `/jobs?q=${encodeURIComponent(typed)}`,
  }
}

import { validate as isUuid } from 'uuid'
import { definitions } from '@/lib/jobs/catalog'
import { SYSTEM } from '@/lib/jobs/lists/filter'
import { statusNames } from '@/lib/jobs/status'
import { isDay, spanOf } from './moments'

/** What words such as `status:failed` in the search ask for. */
export type Tokens = {
  /** For the list's URL; `who` is a part of an owner's name. */
  values: Record<string, string>
  /** The rest, to search for. */
  text: string
  /** Why some of it cannot be read. */
  problems: string[]
}

type Reader = { userId: string; isAdmin: boolean; timezone: string; now: number }

/** The value for the URL, or a sentence that says why there is none. */
type Read = { name: string; value: string } | { problem: string }

/** Reads `status:failed,retrying tag:orders owner:eva since:yesterday some text`. */
export function readTokens(q: string, reader: Reader): Tokens {
  const tokens: Tokens = { values: {}, text: '', problems: [] }
  const text: string[] = []
  for (const word of wordsOf(q)) {
    const colon = word.indexOf(':')
    const read = colon > 0 ? known.get(word.slice(0, colon).toLowerCase()) : undefined
    const value = word
      .slice(colon + 1)
      .replaceAll('"', '')
      .trim()
    if (!read) {
      // Quotes keep a text together; it is searched for without them.
      text.push(word.replace(/^"([^"]*)"$/, '$1'))
      continue
    }
    const result = value ? read(value, reader) : { problem: 'is followed by nothing' }
    const said = 'problem' in result ? undefined : tokens.values[result.name]
    if ('problem' in result) {
      text.push(word)
      tokens.problems.push(`“${word}” ${result.problem}.`)
    } else if (said === undefined || said === result.value) {
      tokens.values[result.name] = result.value
    } else if (result.name === 'status') {
      tokens.values.status = `${said},${result.value}`
    } else {
      text.push(word)
      tokens.problems.push(`“${word}” is the second of its kind; only statuses can be several.`)
    }
  }
  return { ...tokens, text: text.join(' ') }
}

/** The words of a text; quotes hold several together. */
function wordsOf(q: string): string[] {
  const pieces = q.split('"').map((piece, at) => (at % 2 ? piece.replaceAll(' ', '\0') : piece))
  const words = pieces.join('"').split(/\s+/)
  return words.filter(Boolean).map((word) => word.replaceAll('\0', ' '))
}

const named = (name: string) => (value: string) => ({ name, value })

const idOf = (name: string) => (value: string) =>
  isUuid(value) ? { name, value } : { problem: 'names no id' }

const noTime = { problem: 'is no time: write today, yesterday, monday, 3d, 12h or 2026-11-24' }

const known = new Map<string, (value: string, reader: Reader) => Read>(
  Object.entries({
    status: statusesIn,
    is: statusesIn,
    type(value) {
      const word = value.toLowerCase()
      const found = definitions.find(
        ({ type, label }) => type === word || label.toLowerCase() === word,
      )
      const all = definitions.map(({ type }) => type).join(', ')
      return found ? { name: 'type', value: found.type } : { problem: `is no job type: ${all}` }
    },
    tag: named('tag'),
    queue: named('queue'),
    batch: idOf('batchId'),
    schedule: idOf('scheduleId'),
    since(value, { timezone, now }) {
      if (!spanOf(value, timezone, now)) return noTime
      if (isDay(value)) return { name: 'since', value }
      // What is meant relative to today stays so in a link that is opened another day.
      return /^\d{4}-/.test(value)
        ? { name: 'from', value }
        : { name: 'period', value: value.toLowerCase() }
    },
    until(value, { timezone, now }) {
      const span = spanOf(value, timezone, now)
      if (!span) return noTime
      return isDay(value) ? { name: 'until', value } : { name: 'to', value: span.to.toISOString() }
    },
    owner(value, { userId, isAdmin }) {
      const word = value.toLowerCase()
      if (!isAdmin) return { problem: 'is for admins: these are your own jobs' }
      if (word === 'me') return { name: 'owner', value: userId }
      if (word === SYSTEM || isUuid(word)) return { name: 'owner', value: word }
      return { name: 'who', value }
    },
  }),
)

function statusesIn(value: string): Read {
  const statuses = value.toLowerCase().split(',').filter(Boolean)
  const wrong = statuses.filter((status) => !statusNames.includes(status))
  if (statuses.length > 0 && wrong.length === 0) {
    return { name: 'status', value: [...new Set(statuses)].join(',') }
  }
  return { problem: `is no status: ${statusNames.join(', ')}` }
}

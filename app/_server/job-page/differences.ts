import { truncate } from '@/lib/format/truncate'
import type { Entry, Part } from './readable'

/** What a job has, and what another one has in its place. */
export type Difference = { label: string; here: string; there: string }

/** Values of JSON beyond these are not compared: an input may hold a megabyte. */
const MAX_VALUES = 500
const MAX_TEXT = 120
const MISSING = '–'

/**
 * Where two inputs of a type differ, in the order of its form.
 * @param nameOf what people call the record of an id
 */
export function differencesOf(
  here: readonly Entry[],
  there: readonly Entry[],
  nameOf: (id: string) => string | undefined,
): Difference[] {
  const [mine, theirs] = [valuesOf(here), valuesOf(there)]
  const text = (part: Part | undefined) =>
    part ? shorten((part.record && nameOf(part.text)) ?? part.text) : MISSING
  return [...new Map([...mine, ...theirs])].flatMap(([path, { label }]) => {
    const [one, other] = [mine.get(path), theirs.get(path)]
    if (one?.text === other?.text) return []
    return [{ label, here: text(one), there: text(other) }]
  })
}

/** All values of an input by their paths, each with its whole label. */
function valuesOf(entries: readonly Entry[]): Map<string, Part> {
  const values = entries.flatMap((entry) =>
    'json' in entry
      ? leavesOf(entry)
      : entry.parts.map((part) => ({
          ...part,
          label: [entry.label, part.label].filter(Boolean).join(' › '),
        })),
  )
  return new Map(values.slice(0, MAX_VALUES).map((part) => [part.path, part]))
}

/** The scalars within JSON; what is deeper than a payload usually is stays as it is. */
function leavesOf({ path, label, json }: Entry, depth = 0): Part[] {
  const inside = typeof json === 'object' && json !== null && depth < 4 ? Object.entries(json) : []
  if (inside.length === 0) return [{ path, label, text: scalarText(json) }]
  return inside
    .slice(0, MAX_VALUES)
    .flatMap(([name, value]) =>
      leavesOf(
        { path: `${path}.${name}`, label: `${label} › ${name}`, parts: [], json: value },
        depth + 1,
      ),
    )
}

function shorten(text: string): string {
  return text.length > MAX_TEXT ? `${truncate(text, MAX_TEXT)}…` : text
}

/** JSON; a text without its quotes, unless it would read as something else. */
function scalarText(json: unknown): string {
  const isPlain = typeof json === 'string' && !/^(?:-?\d|true$|false$|null$)/.test(json)
  return isPlain ? json : (JSON.stringify(json) ?? MISSING)
}

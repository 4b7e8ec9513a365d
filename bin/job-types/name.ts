import { definitions } from '@/lib/jobs/catalog'
import { Refusal } from '../refusal'

const LONGEST = 40

/** What the name of a job type is in files, in code, and for people. */
export type JobName = {
  /** `thumb-nail` */
  type: string
  /** `thumbNail` */
  identifier: string
  /** `Thumb nail` */
  label: string
}

/** Names that code cannot have, or that mean something else where they would stand. */
const reserved = new Set(
  (
    'arguments async await break case catch catalog class const continue debugger default delete do ' +
    'else enum eval export extends false finally for from function handlers if implements import in ' +
    'index instanceof interface let list new null of package private protected public return static ' +
    'super switch this throw true try type typeof undefined var void while with yield'
  ).split(' '),
)

/**
 * Checks a name for a new job type.
 * @throws {Refusal} for one that is bad or taken
 */
export function checkName(type: string | undefined): JobName {
  if (!type) throw new Refusal('Name the job type: npm run new:job thumbnail')
  if (type.length > LONGEST || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(type)) {
    throw new Refusal(
      `“${type}” cannot be the name of a job type: use up to ${LONGEST} of a-z, 0-9 and -, as in send-invoice.`,
    )
  }
  const identifier = type.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())
  if (reserved.has(identifier)) throw new Refusal(`“${type}” means something in code already.`)
  const twin = definitions.find(
    (known) => known.type.replaceAll('-', '') === type.replaceAll('-', ''),
  )
  if (twin) throw new Refusal(`There is a job type ${twin.type} already.`)
  const words = type.replaceAll('-', ' ')
  return { type, identifier, label: words.charAt(0).toUpperCase() + words.slice(1) }
}

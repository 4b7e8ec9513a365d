import { peopleOf } from '@/lib/access/names'
import { requireAdminViewer, type Viewer } from '@/lib/access/viewer'
import { distinctValues } from '@/lib/db/distinct'
import { COMMAND_LINE } from './list'
import { actionWords, DELETED_USER, targetWords } from './words'

/** Most choices of one filter. */
const MOST = 200

type Choice = { value: string; label: string }
export type AuditChoices = { actors: Choice[]; actions: Choice[]; targets: Choice[] }

/** What the log can be narrowed to: whatever is in it. One look at an index per choice. */
export async function auditChoices(viewer: Viewer): Promise<AuditChoices> {
  requireAdminViewer(viewer)
  const [actors, actions, targets] = await Promise.all([
    distinctValues('AuditEntry', 'actorId', MOST),
    distinctValues('AuditEntry', 'action', MOST),
    distinctValues('AuditEntry', 'targetType', MOST),
  ])
  const people = await peopleOf(actors)
  return {
    actors: [
      ...byLabel(actors.map((value) => ({ value, label: people.get(value) ?? deleted(value) }))),
      { value: COMMAND_LINE, label: 'Command line' },
    ],
    actions: byLabel(actions.map((value) => ({ value, label: actionWords(value) }))),
    targets: byLabel(targets.map((value) => ({ value, label: targetWords(value) }))),
  }
}

function deleted(id: string): string {
  return `${DELETED_USER} ${id.slice(-6)}`
}

function byLabel(choices: Choice[]): Choice[] {
  return choices.sort((a, b) => a.label.localeCompare(b.label))
}

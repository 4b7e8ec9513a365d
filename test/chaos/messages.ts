import { submitBatch } from '@/app/_server/jobs/submit-batch'
import type { Viewer } from '@/lib/access/viewer'
import { prisma } from '@/lib/db/prisma'
import { email } from '@/lib/jobs/types/email'
import { createUser, submit } from '@/test/support/engine'
import type { Cell } from './cell'
import { onBoth } from './cell'
import { endedProblems } from './load'
import { type Receiver, startReceiver } from './receiver'
import type { Stage } from './stage'
import { settleIn } from './traffic'
import { settle } from './verify/settle'

const BOUND_MS = 30_000
const LIMIT_MS = 45_000

/** 151 characters, of which JavaScript counts 301. */
const TITLE = `a${'🎉'.repeat(150)}`

/** Somebody with an endpoint and a wish for mails asks for a batch and a mail. */
async function ask(stage: Stage, { userId }: Viewer, receiver: Receiver, title: string) {
  const input = { url: `${receiver.url}/`, event: 'chaos.tested', payload: {} }
  const items = [{ input }, { input }]
  const batch = await submitBatch({ userId, role: 'USER' }, { type: 'webhook', items, title })
  stage.ledger.acknowledgeBatch(batch.batchId, batch.count)
  const mail = { to: 'ann@example.com', template: 'notice' as const }
  stage.ledger.acknowledge((await submit(email, mail, { ownerId: userId })).id)
}

const unwritable = onBoth({
  name: 'batch-title',
  fault: 'a batch whose title no mail can have as its subject [R3]',
  boundMs: BOUND_MS,
  quick: 'redis',
  async run(stage) {
    const receiver = await startReceiver(stage.ledger)
    stage.onClose(() => receiver.close())
    const people: Viewer[] = []
    for (let each = 0; each < 2; each++) {
      const viewer: Viewer = { userId: await createUser(), role: 'USER' }
      await settleIn(viewer.userId, receiver)
      people.push(viewer)
    }
    await stage.worker({ ALL_JOBS: '1' })
    const [first, second] = people
    if (!first || !second) throw new Error('There is nobody')
    await ask(stage, first, receiver, TITLE)
    await endedProblems(LIMIT_MS)
    const since = Date.now()
    await ask(stage, first, receiver, 'Later')
    await ask(stage, second, receiver, 'Of somebody else')
    const problems = await endedProblems(LIMIT_MS)
    await settle(LIMIT_MS)
    const told = await prisma().notification.count({ where: { kind: 'BATCH_DONE' } })
    return {
      recoveryMs: Date.now() - since,
      problems: [...problems, ...(told === 3 ? [] : [`${told} of 3 batches were told about`])],
    }
  },
})

/** What cannot be written to one person. */
export const messages: Cell[] = unwritable

import { type ClaimAnswer, claimJobs, type Delivery } from '@/lib/jobs/transitions/claim'
import { type Ending, type FinishAnswer, finishJobs } from '@/lib/jobs/transitions/finish'
import { inOnePiece } from '@/lib/queue/backend'
import { batcher, TOGETHER } from './batcher'
import { createTurnNotes } from './turn-notes'

/**
 * Claims deliveries for one worker, a few milliseconds' worth at a time.
 * @param roomApart how many more jobs can run in processes of their own
 * @throws what PostgreSQL throws; repeating the same delivery is safe
 */
export function createClaim(
  workerId: string,
  roomApart: () => number,
): (delivery: Delivery) => Promise<ClaimAnswer> {
  const noteTurns = createTurnNotes()
  return batcher(async (deliveries: Delivery[]) => {
    const answers = await claimJobs(deliveries, workerId, roomApart())
    for (const answer of answers) if (answer.decision === 'run') noteTurns(answer.claimed)
    return answers
  }, TOGETHER)
}

/**
 * Makes an ending durable, a few milliseconds' worth at a time. Each of them tells the queue next.
 * @throws what PostgreSQL throws; repeating the same ending is safe
 */
export const finish: (ending: Ending) => Promise<FinishAnswer> = batcher(finishJobs, {
  ...TOGETHER,
  goOn: inOnePiece,
})

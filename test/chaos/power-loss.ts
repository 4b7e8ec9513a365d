import { setTimeout as pause } from 'node:timers/promises'
import { startWebProgram, startWorkerProgram } from '@/test/support/programs'
import { environmentOf, keepPosting, startApplication, unexpected } from './application'
import { BOUNDS, type Cell, onBoth } from './cell'
import { endedProblems, lastEndAfter } from './load'
import { crash } from './postgres-loss'

const LIMIT_MS = 120_000

const everything = onBoth({
  name: 'everything-killed',
  fault: 'web, worker, Redis and PostgreSQL killed at once, and started again',
  boundMs: BOUNDS.queueLoss,
  ownServer: true,
  async run(stage) {
    const { web, worker, ...application } = await startApplication(stage)
    const client = keepPosting(stage, { ...application, web, worker })
    await client.answered(60)
    await pause(stage.random.between(0, 1_000))
    const killed = [web.stop('SIGKILL'), worker.stop('SIGKILL'), crash(stage)]
    if (stage.backend === 'redis') killed.push(stage.redis().kill())
    await Promise.all(killed)
    await stage.server().restart()
    if (stage.backend === 'redis') await stage.redis().restart()
    const answers = await client.stop()
    const meanwhile = client.ids()
    const since = Date.now()
    const again = await startWorkerProgram(environmentOf(stage))
    stage.onClose(() => again.stop('SIGKILL'))
    const webAgain = await startWebProgram(environmentOf(stage))
    stage.onClose(() => webAgain.stop('SIGKILL'))
    const problems = await endedProblems(LIMIT_MS)
    return {
      recoveryMs: await lastEndAfter(since, meanwhile),
      problems: [...problems, ...unexpected(answers, [202, 503, 0])],
    }
  },
})

/** A machine that goes dark with all that runs on it. */
export const powerLoss: Cell[] = everything

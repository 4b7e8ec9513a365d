import { setTimeout as pause } from 'node:timers/promises'
import { createChannel } from '@/app/_server/alerts/channels'
import { waitUntil } from '@/bin/postgres/processes'
import { pool } from '@/lib/db/pool'
import { prisma } from '@/lib/db/prisma'
import { ruleOn } from '@/test/support/alerts'
import { kill } from '@/test/support/engine'
import { createViewer } from '@/test/support/owner'
import { BOUNDS, type Cell, onBoth } from './cell'
import { endedProblems } from './load'
import { startReceiver } from './receiver'

const LIMIT_MS = 60_000
const BETWEEN_MS = 3_000

const TERMINATE = `
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name = 'millrace'
`

const once = onBoth({
  name: 'alerts-once',
  fault: 'workers killed and connections cut while an alert is decided about',
  boundMs: BOUNDS.workerDeath,
  async run(stage) {
    const receiver = await startReceiver(stage.ledger)
    stage.onClose(() => receiver.close())
    const admin = await createViewer('ADMIN')
    const channel = { kind: 'WEBHOOK' as const, name: 'Chaos', url: `${receiver.url}/alerts` }
    await createChannel(admin, channel)
    const rule = await ruleOn(admin, 'worker-lost')
    const env = { ALL_JOBS: '1' }
    const [first, second] = [await stage.worker(env), await stage.worker(env)]
    await stage.worker(env)
    const since = Date.now()
    await kill(first)
    const opened = waitUntil(async () => {
      const found = prisma().alert.count({ where: { ruleId: rule.id } })
      // Our own connections are cut as well.
      return (await found.catch(() => 0)) > 0
    }, LIMIT_MS)
    const cutting = cutConnectionsUntil(opened)
    await kill(second)
    const problems = (await opened) ? [] : ['No alert opened']
    const recoveryMs = Date.now() - since
    await cutting
    await stage.worker(env)
    problems.push(...(await endedProblems(LIMIT_MS)))
    const alerts = await prisma().alert.findMany({
      where: { ruleId: rule.id },
      include: { notices: { where: { kind: 'FIRED' } } },
    })
    const notices = alerts.flatMap((alert) => alert.notices)
    return {
      recoveryMs,
      problems: [
        ...problems,
        ...(alerts.length === 1 ? [] : [`${alerts.length} alerts opened about the same trouble`]),
        ...(notices.length === alerts.length ? [] : [`${notices.length} messages told of them`]),
      ],
    }
  },
})

async function cutConnectionsUntil(done: Promise<unknown>): Promise<void> {
  let over = false
  const stop = () => {
    over = true
  }
  done.then(stop, stop)
  while (!over) {
    await pause(BETWEEN_MS)
    await pool()
      .query(TERMINATE)
      .catch(() => undefined)
  }
}

/** Who is told of trouble is told once. */
export const alerts: Cell[] = once

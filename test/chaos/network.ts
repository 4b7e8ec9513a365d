import { setTimeout as pause } from 'node:timers/promises'
import { startProxy, type TcpProxy } from '@/test/support/tcp-proxy'
import { casualties, keepPosting, startApplication, unexpected } from './application'
import { BOUNDS, type Cell, onBoth } from './cell'
import { lastEndAfter, untilEnded } from './load'
import type { Stage } from './stage'

const LIMIT_MS = 120_000
const STORM_MS = 15_000
/** Between a request and its answer through a slow network lie two of these. */
const DELAY_MS = 300

type Storm = { name: string; words: string; rage(proxy: TcpProxy): Promise<void> }

const storms: Storm[] = [
  {
    name: 'half-open',
    words: 'connections go silent for 15 s and stay half-open',
    async rage(proxy) {
      proxy.weather({ kind: 'silent' })
      await pause(STORM_MS)
    },
  },
  {
    name: 'slow',
    words: `every packet ${DELAY_MS} ms late for 15 s`,
    async rage(proxy) {
      proxy.weather({ kind: 'slow', delayMs: DELAY_MS })
      await pause(STORM_MS)
    },
  },
  {
    name: 'reset',
    words: 'connections reset twice a second for 15 s',
    async rage(proxy) {
      for (let left = STORM_MS; left > 0; left -= 500) {
        proxy.weather({ kind: 'broken' })
        await pause(100)
        proxy.weather({ kind: 'fair' })
        await pause(400)
      }
    },
  },
]

type Route = { server: 'redis' | 'postgres'; allowed: number[] }

async function through(stage: Stage, { server, allowed }: Route, storm: Storm) {
  const proxy = await startProxy(server === 'redis' ? stage.redis().url : stage.databaseUrl)
  stage.onClose(() => proxy.close())
  const variable = server === 'redis' ? 'REDIS_URL' : 'DATABASE_URL'
  const application = await startApplication(stage, { [variable]: proxy.url })
  const client = keepPosting(stage, application)
  await client.answered(60)
  await storm.rage(proxy)
  proxy.weather({ kind: 'fair' })
  const over = Date.now()
  const meanwhile = client.ids()
  await client.answered(60)
  const answers = await client.stop()
  const ended = await untilEnded(LIMIT_MS)
  return {
    recoveryMs: await lastEndAfter(over, meanwhile),
    problems: [
      ...(ended ? [] : ['Not all jobs ended in time']),
      ...casualties(application),
      ...unexpected(answers, allowed),
    ],
  }
}

const toRedis: Cell[] = storms.map((storm) => ({
  name: `network-redis-${storm.name}`,
  fault: `to Redis: ${storm.words}`,
  backend: 'redis',
  boundMs: BOUNDS.network,
  run: (stage) => through(stage, { server: 'redis', allowed: [202] }, storm),
}))

const toPostgres: Cell[] = storms.flatMap((storm) =>
  onBoth({
    name: `network-postgres-${storm.name}`,
    fault: `to PostgreSQL: ${storm.words}`,
    boundMs: BOUNDS.network,
    run: (stage) => through(stage, { server: 'postgres', allowed: [202, 503] }, storm),
  }),
)

/** A real TCP proxy between the programs and their servers. */
export const network: Cell[] = [...toRedis, ...toPostgres]

import {
  type BackendFactory,
  createPostgresBackend,
  createRedisBackend,
  type IQueueBackend,
  type Processor,
  Queue,
  Worker,
  type WorkerOptions,
} from 'bullmq'
import type pg from 'pg'
import { config } from '@/lib/config/config'
import { createPool } from '@/lib/db/pool'
import { logger } from '@/lib/telemetry/logger'
import { connectConsumer, connectProducer, keyPrefix, type RedisClient, redisReady } from './redis'

// The one module that knows whether queues live in Redis or in PostgreSQL. Connections are opened
// at the first use and shared by all queues of the process.

/** All that the queue knows of a job besides its type. */
export type EntryData = { id: string }

/** Where the queues are. */
export type QueueConnection = { redis: RedisClient } | { pool: pg.Pool }

export type JobQueue = Queue<
  EntryData,
  unknown,
  string,
  EntryData,
  unknown,
  string,
  IQueueBackend,
  QueueConnection
>

export type QueueWorker = Worker<EntryData, unknown, string, IQueueBackend, object, QueueConnection>

type Connections = {
  producer?: RedisClient
  consumer?: RedisClient
  producerPool?: pg.Pool
  consumerPool?: pg.Pool
  queues: Map<string, JobQueue>
  workers: Set<QueueWorker>
}

declare global {
  // Kept on globalThis so that hot reload does not open a second set.
  var millraceQueues: Connections | undefined
}

const QUEUE_SCHEMA = { options: '-c search_path=bullmq' }

/**
 * Who adds jobs or asks about them hears within this time that PostgreSQL does not do it; and then it
 * does not: a statement that nobody waits for any more is broken off.
 */
const PRODUCER_LIMITS = {
  max: 6,
  connectionTimeoutMillis: 2_000,
  statement_timeout: 4_000,
  query_timeout: 5_000,
}

/**
 * Each BullMQ worker keeps one client of the pool for LISTEN; the rest carry queries. A query that
 * takes longer is lost: its connection is half-open. Then the next one has another.
 */
const CONSUMER_LIMITS = { max: 24, query_timeout: 15_000 }

/** Longest sleep of an idle queue between two looks, in seconds; new jobs wake it at once. */
export const IDLE_LOOK_S = 30

/** How long a caller waits for Redis to become reachable. */
const READY_LIMIT_MS = 2_000

const backend: BackendFactory<IQueueBackend, QueueConnection> = (name, options, extra) =>
  'pool' in options.connection
    ? listening(createPostgresBackend(name, on(options.connection.pool, options), extra))
    : createRedisBackend(name, on(options.connection.redis, options), extra)

/**
 * BullMQ takes a connection that breaks while it begins to listen on it for one that listens, and
 * trusts it for an hour. So what breaks ends the wait, the next one listens anew, and none is longer
 * than the sleep of an idle queue.
 */
function listening(created: IQueueBackend): IQueueBackend {
  const waitForJob = created.waitForJob.bind(created)
  let broken = false
  created.on('error', () => {
    broken = true
    created.disconnectBlocking().catch(() => undefined)
  })
  return Object.defineProperties(created, {
    maximumBlockTimeout: { value: IDLE_LOOK_S },
    waitForJob: {
      async value(seconds: number) {
        if (broken) await created.reconnectBlocking()
        broken = false
        return waitForJob(seconds)
      },
    },
  })
}

/** The options with another connection; a rate limit changed in the original still holds. */
function on<Connection, Options extends object>(connection: Connection, options: Options) {
  return {
    ...options,
    connection,
    get limiter() {
      return 'limiter' in options ? options.limiter : undefined
    },
  }
}

function connections(): Connections {
  globalThis.millraceQueues ??= { queues: new Map(), workers: new Set() }
  return globalThis.millraceQueues
}

function producerPool(): pg.Pool {
  const open = connections()
  open.producerPool ??= createQueuePool(PRODUCER_LIMITS)
  return open.producerPool
}

function consumerPool(): pg.Pool {
  const open = connections()
  open.consumerPool ??= createQueuePool(CONSUMER_LIMITS)
  return open.consumerPool
}

function createQueuePool(limits: pg.PoolConfig): pg.Pool {
  const pool = createPool({ ...QUEUE_SCHEMA, ...limits })
  // Every queue and every worker of the process listens to it, which is no leak.
  pool.setMaxListeners(0)
  return pool
}

/** The Redis client that adds jobs; undefined on the PostgreSQL backend. */
export function producerClient(): RedisClient | undefined {
  const { redis } = config()
  if (!redis) return undefined
  const open = connections()
  open.producer ??= connectProducer(redis)
  return open.producer
}

function consumerConnection(): QueueConnection {
  const { redis } = config()
  if (!redis) return { pool: consumerPool() }
  const open = connections()
  open.consumer ??= connectConsumer(redis)
  return { redis: open.consumer }
}

/** Where jobs are added, and asked about where BullMQ itself does not tell. */
export function producerConnection(): QueueConnection {
  const redis = producerClient()
  return redis ? { redis } : { pool: producerPool() }
}

/** False while Redis is known not to answer; asking costs nothing. */
export function queuesReachable(): boolean {
  const redis = producerClient()
  return redis === undefined || redis.status === 'ready'
}

/**
 * A queue to add to, ask and change. A BullMQ queue whose first contact failed stays broken, so one is
 * kept only once its server has answered.
 * @throws when the server cannot be reached within a few seconds
 */
export async function queue(name: string): Promise<JobQueue> {
  const redis = producerClient()
  if (redis) await redisReady(redis, READY_LIMIT_MS)
  const { queues } = connections()
  const existing = queues.get(name)
  if (existing) return existing
  const created: JobQueue = new Queue(
    name,
    { connection: producerConnection(), prefix: keyPrefix(name) },
    backend,
  )
  created.on('error', () => undefined)
  if (!redis) await created.waitUntilReady()
  queues.set(name, created)
  return created
}

/**
 * A BullMQ worker on one queue; it starts when its `run()` is called. On PostgreSQL, BullMQ remembers a
 * first contact that failed: such a worker would ask without a pause, for ever.
 * @throws when PostgreSQL carries the queues and does not answer; Redis may come later
 */
export async function createWorker(
  name: string,
  processor: Processor<EntryData, unknown, string, object>,
  options: Omit<WorkerOptions, 'connection' | 'prefix' | 'autorun'>,
): Promise<QueueWorker> {
  const connection = consumerConnection()
  const created: QueueWorker = new Worker(
    name,
    processor,
    { ...options, autorun: false, connection, prefix: keyPrefix(name) },
    backend,
  )
  const { workers } = connections()
  workers.add(created)
  created.on('closed', () => workers.delete(created))
  created.on('error', (error) =>
    logger('worker').debug({ err: error, queue: name }, 'Queue trouble'),
  )
  if ('pool' in connection) await created.waitUntilReady()
  return created
}

/**
 * Does what leads to many commands of the workers at once: they go to Redis in one piece, which spares
 * both ends a system call each.
 */
export function inOnePiece(work: () => void): void {
  const { consumer } = connections()
  const stream = consumer && 'stream' in consumer ? consumer.stream : undefined
  stream?.cork()
  work()
  // The commands are written by what waits for the work, in the same round of the event loop.
  if (stream) setImmediate(() => stream.uncork())
}

/** Closes every queue connection of the process without waiting for a server that is away. */
export async function closeQueues(): Promise<void> {
  const open = connections()
  globalThis.millraceQueues = undefined
  // A worker that still runs would ask a closed pool again and again, and leave no time for anything else.
  for (const worker of open.workers) worker.close(true).catch(() => undefined)
  open.producer?.disconnect()
  open.consumer?.disconnect()
  await Promise.all([open.producerPool?.end(), open.consumerPool?.end()])
}

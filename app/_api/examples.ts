import type { Health } from '@/app/_server/health/checks'
import type { BatchView } from '@/app/_server/jobs/batches'
import type { JobTypeView } from '@/app/_server/jobs/type-view'
import type { ScheduleView } from '@/app/_server/schedules/view'
import type { DeliveryView, EndpointView } from '@/app/_server/webhooks/endpoint-view'
import type { PublicUserView } from '@/lib/auth/users'
import type { FileView } from '@/lib/files/view'
import type { AttemptView, JobView, LogView } from '@/lib/jobs/view'

/** Ids in examples; tests put real ones in their place. */
export const exampleIds = {
  job: '019b2f4e-7a10-7c3e-9d41-5b8f0e6a2c01',
  batch: '019b2f4e-7a10-7c3e-9d41-5b8f0e6a2c02',
  file: '019b2f4e-7a10-7c3e-9d41-5b8f0e6a2c03',
  endpoint: '019b2f4e-7a10-7c3e-9d41-5b8f0e6a2c04',
  delivery: '019b2f4e-7a10-7c3e-9d41-5b8f0e6a2c05',
  schedule: '019b2f4e-7a10-7c3e-9d41-5b8f0e6a2c07',
  user: '019b2f4e-7a10-7c3e-9d41-5b8f0e6a2c06',
} as const

const at = (seconds: string) => `2026-03-02T09:15:${seconds}Z`

export const exampleJob: JobView = {
  id: exampleIds.job,
  type: 'email',
  queue: 'email',
  status: 'queued',
  title: 'Welcome mail to ann@example.com',
  progress: null,
  input: { to: 'ann@example.com', template: 'welcome', variables: { name: 'Ann' } },
  result: null,
  error: null,
  attempt: 0,
  maxAttempts: 3,
  priority: 10,
  tags: ['spring'],
  batchId: null,
  scheduleId: null,
  idempotencyKey: 'welcome-ann',
  originalId: null,
  cancelRequested: false,
  createdAt: at('00.000'),
  runAt: at('00.000'),
  waitingSince: at('00.000'),
  startedAt: null,
  finishedAt: null,
  nextAttemptAt: null,
}

export const exampleAttempt: AttemptView = {
  number: 1,
  reason: 'first',
  outcome: 'completed',
  error: null,
  workerId: 'worker-1:4242',
  startedAt: at('00.012'),
  finishedAt: at('00.310'),
}

export const exampleLogLine: LogView = {
  id: '1',
  attempt: 1,
  level: 'info',
  message: 'Accepted by the mail server',
  at: at('00.300'),
}

export const exampleBatch: BatchView = {
  id: exampleIds.batch,
  type: 'email',
  title: 'Email: 2 jobs',
  total: 2,
  counts: {
    scheduled: 0,
    queued: 1,
    active: 0,
    retrying: 0,
    completed: 1,
    failed: 0,
    canceled: 0,
  },
  createdAt: at('00.000'),
}

export const exampleFile: FileView = {
  id: exampleIds.file,
  kind: 'upload',
  name: 'beach.png',
  contentType: 'image/png',
  bytes: 183_201,
  width: 1600,
  height: 1067,
  jobId: null,
  createdAt: at('00.000'),
}

export const exampleEndpoint: EndpointView = {
  id: exampleIds.endpoint,
  url: 'https://shop.example.com/hooks',
  description: 'The shop',
  eventTypes: ['order.created'],
  enabled: true,
  disabledReason: null,
  failingSince: null,
  previousSecretExpiresAt: null,
  createdAt: at('00.000'),
  updatedAt: at('00.000'),
}

export const exampleSecret = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD'

export const exampleDelivery: DeliveryView = {
  id: exampleIds.delivery,
  endpointId: exampleIds.endpoint,
  jobId: exampleIds.job,
  attempt: 1,
  url: exampleEndpoint.url,
  event: 'order.created',
  trigger: 'automatic',
  status: 204,
  durationMs: 87,
  excerpt: null,
  error: null,
  headers: { 'webhook-id': 'msg_1', 'millrace-event': 'order.created' },
  at: at('00.100'),
}

export const exampleJobType: JobTypeView = {
  type: 'email',
  name: 'email',
  label: 'Email',
  description: 'Sends a mail made from a template.',
  queue: 'email',
  input: { type: 'object' },
  defaults: {
    attempts: 3,
    backoff: { type: 'exponential', delayMs: 1_000 },
    timeoutMs: 60_000,
    concurrency: 10,
    priority: 10,
    rateLimit: { max: 100, durationMs: 60_000 },
  },
}

export const exampleUser: PublicUserView = {
  id: exampleIds.user,
  email: 'ann@example.com',
  name: 'Ann',
  role: 'USER',
  createdAt: at('00.000'),
}

export const exampleHealth: Health = {
  status: 'ok',
  checks: [{ name: 'postgresql', status: 'ok', latencyMs: 0.8, detail: 'Holds the records' }],
}

export const exampleSchedule: ScheduleView = {
  id: exampleIds.schedule,
  name: 'Monday notice',
  type: 'email',
  input: { to: 'ann@example.com', template: 'notice', variables: { title: 'A new week' } },
  cron: '0 9 * * 1',
  timezone: 'Europe/Berlin',
  description: 'At 09:00, only on Monday',
  enabled: true,
  disabledReason: null,
  missedPolicy: 'skip',
  overlapPolicy: 'allow',
  system: false,
  ownerId: exampleIds.user,
  nextFireAt: '2026-03-09T08:00:00.000Z',
  nextRuns: ['2026-03-09T08:00:00.000Z', '2026-03-16T08:00:00.000Z'],
  lastFireAt: null,
  lastRun: null,
  createdAt: at('00.000'),
  updatedAt: at('00.000'),
}

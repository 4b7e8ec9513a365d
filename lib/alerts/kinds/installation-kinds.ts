import { countOf } from '@/lib/format/count'
import { formatDuration } from '@/lib/format/duration'
import { aboutInstallation, formatPercent, named } from './kind'

/** For how long jobs wait that no running worker can take. */
export const noTaker = aboutInstallation({
  label: 'No worker for a job',
  description:
    'For how long jobs have been waiting that no running worker can take: none serves their queue, or all are of a version that does not know their type or input.',
  unit: 'seconds',
  fireAt: 600,
  resolveAt: 0,
  max: 7 * 24 * 3600,
  needs: 'untaken',
  format: (value) => formatDuration(value * 1_000),
  find({ at, untaken = [] }) {
    const [oldest] = untaken
    if (!oldest) return { value: 0, message: 'Every job has a worker that can take it.' }
    const age = Math.max(0, at.getTime() - oldest.since.getTime())
    const jobs = untaken.map(({ queue, type, isServed }) => {
      const why = isServed
        ? `those of queue ${queue} do not know them`
        : `none serves queue ${queue}`
      return `${type} jobs (${why})`
    })
    const waiting = `the oldest has been waiting for ${formatDuration(age)}`
    return { value: age / 1_000, message: `No running worker takes ${named(jobs)}; ${waiting}.` }
  },
})

/** Workers that stopped answering: they died, hang, or lost PostgreSQL. */
export const workerLost = aboutInstallation({
  label: 'Stalled or lost worker',
  description:
    'Workers that stopped answering without a word within the time looked back. One that answers again counts no more.',
  unit: 'workers',
  window: 10,
  fireAt: 1,
  resolveAt: 0,
  max: 100,
  needs: 'lostWorkers',
  format: (value) => countOf(value, 'worker'),
  find({ lostWorkers = [] }, since) {
    const lost = lostWorkers.filter(({ lostAt }) => lostAt.getTime() > since)
    const processes = named(lost.map(({ host, pid }) => `process ${pid} on ${host}`))
    const workers = countOf(lost.length, 'worker')
    const message = `${workers} stopped answering${processes && `: ${processes}`}. What they ran is given to others.`
    return { value: lost.length, message }
  },
})

/** Times at which a schedule made no job. */
export const scheduleMissed = aboutInstallation({
  label: 'Schedule missed',
  description:
    'Times of schedules that were missed because no worker was up, refused because their input no longer fits, or are overdue.',
  unit: 'runs',
  window: 60,
  fireAt: 1,
  resolveAt: 0,
  max: 1_000,
  needs: 'missedRuns',
  format: (value) => countOf(value, 'run'),
  find({ missedRuns = [] }, since) {
    const missed = missedRuns.filter(({ at }) => at.getTime() > since)
    const schedules = named([...new Set(missed.map(({ name }) => `“${name}”`))])
    const runs = `${countOf(missed.length, 'run')}${schedules && ` of ${schedules}`}`
    const message = `${runs} ${missed.length === 1 ? 'was' : 'were'} missed.`
    return { value: missed.length, message }
  },
})

/** How full the disk is that holds the files. */
export const disk = aboutInstallation({
  label: 'Disk full',
  description:
    'How much is used of the disk with the data directory; nothing while files are in S3.',
  unit: 'percent',
  fireAt: 95,
  resolveAt: 90,
  max: 100,
  needs: 'disk',
  format: formatPercent,
  find({ disk: used }) {
    if (typeof used !== 'number') return used
    const message = `The disk with the files is ${Math.floor(used * 100)} % full.`
    return { value: used * 100, message }
  },
})

/** What Redis could lose or refuse, as the overview warns of it. */
export const redis = aboutInstallation({
  label: 'Redis warnings',
  description:
    'Redis does not answer, evicts under pressure, keeps no append-only file, or has almost no memory left; nothing while queues are in PostgreSQL.',
  unit: 'warnings',
  fireAt: 1,
  resolveAt: 0,
  max: 10,
  needs: 'redis',
  format: (value) => countOf(value, 'warning'),
  find: ({ redis: warnings }) =>
    warnings && { value: warnings.length, message: warnings.join(' ') || 'Redis is well.' },
})

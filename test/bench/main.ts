import { measureApplication } from './http'
import { type Backend, measure, startServers } from './installation'
import type { Measured, MeasureName } from './measures'
import {
  type Line,
  machine,
  median,
  megabytes,
  milliseconds,
  perSecond,
  printCpu,
  printTable,
  quantile,
  reached,
  writeJson,
} from './report'
import type { Throughput } from './throughput'

const RUNS = 3
/** Bytes of script, compressed, of an empty page of Next.js 16.4.6, without the no-module file. */
const EMPTY_PAGE_BYTES = 135_000

type Servers = Awaited<ReturnType<typeof startServers>>
type Section = { name: string; lines(servers: Servers): Promise<Line[]> }

const sections: Section[] = [
  { name: 'throughput', lines: throughputLines },
  { name: 'bulk', lines: bulkLines },
  { name: 'latency', lines: latencyLines },
  { name: 'image', lines: imageLines },
  { name: 'http', lines: httpLines },
  { name: 'history', lines: historyLines },
  { name: 'reports', lines: reportLines },
  { name: 'rest', lines: restLines },
]

/**
 * Measures the goals side by side with their peers, prints a table and writes `.data/bench.json`.
 * @param only names of sections; none means all
 * @returns 1 when a goal was missed
 */
export async function runBenchmark(only: readonly string[]): Promise<number> {
  const servers = await startServers()
  const lines: Line[] = []
  try {
    for (const section of sections) {
      if (only.length > 0 && !only.includes(section.name)) continue
      console.log(`Measuring ${section.name} …`)
      lines.push(...(await section.lines(servers)))
    }
  } finally {
    await servers.stop()
  }
  console.log(machine())
  printTable(lines)
  printCpu(lines)
  console.log(`Written to ${writeJson('bench.json', { machine: machine(), runs: RUNS, lines })}`)
  return lines.every(reached) ? 0 : 1
}

/** Takes turns with the peer, each time on new databases. */
async function takeTurns<Here extends MeasureName, Peer extends MeasureName>(
  servers: Servers,
  backend: Backend,
  [here, peer]: readonly [Here, Peer],
  count: number,
): Promise<{ ours: Measured<Here>[]; theirs: Measured<Peer>[] }> {
  const ours: Measured<Here>[] = []
  const theirs: Measured<Peer>[] = []
  for (let run = 0; run < RUNS; run++) {
    theirs.push(await measure(peer, count, await servers.installation(backend)))
    ours.push(await measure(here, count, await servers.installation(backend)))
  }
  return { ours, theirs }
}

/** Node.js 24 keeps what belongs to a job together at less cost. */
const REDIS_GOAL = Number(process.versions.node.split('.')[0]) >= 24 ? 0.65 : 0.55

async function throughputLines(servers: Servers): Promise<Line[]> {
  return [
    await throughputLine(servers, 'Redis', 30_000, REDIS_GOAL),
    await throughputLine(servers, 'PostgreSQL', 10_000, 0.9),
  ]
}

async function throughputLine(
  servers: Servers,
  backend: Backend,
  count: number,
  goal: number,
): Promise<Line> {
  const names = ['throughput', 'rawThroughput'] as const
  const { ours, theirs } = await takeTurns(servers, backend, names, count)
  const [here, peer] = [middle(ours), middle(theirs)]
  return {
    ...ratio(
      `no-op jobs, ${backend}, against raw BullMQ`,
      { here: here.perSecond, peer: peer.perSecond },
      goal,
    ),
    cpu: { here: here.cpu, peer: peer.cpu },
  }
}

/** Of several runs, each figure's median. */
function middle(runs: Throughput[]): Throughput {
  const of = (figure: (run: Throughput) => number) => median(runs.map(figure))
  return {
    perSecond: of(({ perSecond }) => perSecond),
    cpu: {
      node: of(({ cpu }) => cpu.node),
      postgres: of(({ cpu }) => cpu.postgres),
      redis: of(({ cpu }) => cpu.redis),
    },
  }
}

async function bulkLines(servers: Servers): Promise<Line[]> {
  const { ours, theirs } = await takeTurns(servers, 'Redis', ['bulk', 'rawBulk'], 10_000)
  const figures = { here: median(ours), peer: median(theirs) }
  return [ratio('10,000 jobs enqueued, against raw addBulk', figures, 0.6)]
}

async function latencyLines(servers: Servers): Promise<Line[]> {
  const raw = await measure('rawLatency', 300, await servers.installation('Redis'))
  const here = await measure('latency', 300, await servers.installation('Redis'))
  return ([0.5, 0.99] as const).map((share) => ({
    what: `idle, committed to running, p${share * 100}`,
    here: milliseconds(quantile(here, share)),
    peer: milliseconds(quantile(raw, share)),
    figure: quantile(here, share),
    goal: { atMost: share === 0.5 ? 10 : 50 },
  }))
}

async function imageLines(servers: Servers): Promise<Line[]> {
  const { ours, theirs } = await takeTurns(servers, 'Redis', ['imageJobs', 'plainImages'], 60)
  const figures = { here: median(ours), peer: median(theirs) }
  return [ratio('images, against sharp alone', figures, 0.9)]
}

async function httpLines(servers: Servers): Promise<Line[]> {
  const { DATA_DIR: _own, ...env } = await servers.installation('Redis')
  const served = await measureApplication(env)
  const { empty, post } = served
  return [
    ratio(
      'POST /api/v1/jobs, 50 connections, against an empty handler',
      { here: post.perSecond, peer: empty.perSecond },
      0.5,
    ),
    {
      what: 'its p99, times the empty handler’s',
      here: milliseconds(post.p99),
      peer: milliseconds(empty.p99),
      figure: post.p99 / empty.p99,
      goal: { atMost: 3 },
    },
    {
      what: 'script of the jobs page, times Next.js’s empty page',
      here: `${Math.round(served.scriptBytes / 1_000)} kB`,
      peer: `${Math.round(EMPTY_PAGE_BYTES / 1_000)} kB`,
      figure: served.scriptBytes / EMPTY_PAGE_BYTES,
      goal: { atMost: 1.5 },
    },
    absolute('jobs page, largest paint', served.paintMs, 1_000),
    absolute('jobs page, server, p95', served.pageMs, 100),
    absolute('npm start to the first page', served.startMs, 5_000),
  ]
}

async function historyLines(servers: Servers): Promise<Line[]> {
  const few = await measure('historyTimes', 1_000, await servers.installation('PostgreSQL'))
  const many = await measure('historyTimes', 1_000_000, await servers.installation('PostgreSQL'))
  return Object.entries(many).flatMap(([page, times]) => {
    const before = quantile(few[page] ?? times, 0.5)
    return [
      {
        ...absolute(`${page}: 1,000,000 jobs, against 1,000, p50`, quantile(times, 0.5), 10),
        peer: milliseconds(before),
      },
      absolute(`${page}: 1,000,000 jobs, p95`, quantile(times, 0.95), 50),
    ]
  })
}

async function reportLines(servers: Servers): Promise<Line[]> {
  const count = 1_000_000
  const peaks = await measure('reportMemory', count, await servers.installation('PostgreSQL'))
  return Object.entries(peaks).map(([format, peak]) => ({
    what: `report over ${count.toLocaleString('en')} jobs as ${format}, worker’s memory`,
    here: megabytes(peak),
    peer: '',
    figure: peak,
    goal: { atMost: 300 },
  }))
}

async function restLines(servers: Servers): Promise<Line[]> {
  const figures = await measure('rest', 30, await servers.installation('PostgreSQL'))
  return [
    {
      what: 'web and worker at rest, queries a second',
      here: figures.queriesPerSecond.toFixed(1),
      peer: '',
      figure: figures.queriesPerSecond,
      goal: { atMost: 5 },
    },
    {
      what: 'worker at rest, memory',
      here: megabytes(figures.workerMb),
      peer: '',
      figure: figures.workerMb,
      goal: { atMost: 150 },
    },
  ]
}

function ratio(what: string, figures: { here: number; peer: number }, atLeast: number): Line {
  return {
    what,
    here: perSecond(figures.here),
    peer: perSecond(figures.peer),
    figure: figures.here / figures.peer,
    goal: { atLeast },
  }
}

function absolute(what: string, value: number, atMost: number): Line {
  return { what, here: milliseconds(value), peer: '', figure: value, goal: { atMost } }
}

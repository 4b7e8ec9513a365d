import { once } from 'node:events'
import fs from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { prisma } from '@/lib/db/prisma'
import { type Program, startWebProgram } from '@/test/support/programs'
import { type Application, environmentOf, startApplication, webhookTo } from './application'
import { BOUNDS, type Cell } from './cell'
import { endedProblems, lastEndAfter } from './load'
import type { Stage } from './stage'
import { noise, upload } from './uploads'

const LIMIT_MS = 120_000
const ROUNDS = 3
const BATCH = 1_000

const made = z.object({ batchId: z.string(), count: z.number() })

/** Starts the web server of an application again, with the same files. */
async function webAgain(stage: Stage): Promise<Program & { url: string }> {
  const web = await startWebProgram(environmentOf(stage))
  stage.onClose(() => web.stop('SIGKILL'))
  return web
}

const batches: Cell = {
  name: 'web-killed-in-batches',
  fault: `web killed ${ROUNDS} times while it takes a batch of ${BATCH}, and an upload`,
  backend: 'redis',
  boundMs: BOUNDS.queueLoss,
  async run(stage) {
    const application = await startApplication(stage)
    const picture = await noise(200)
    let web: Program & { url: string } = { ...application.web, url: application.url }
    for (let round = 0; round < ROUNDS; round++) {
      const current = { ...application, url: web.url }
      const asking = Promise.allSettled([postBatch(stage, current), upload(current, picture)])
      await pause(stage.random.between(20, 500))
      await web.stop('SIGKILL')
      await asking
      web = await webAgain(stage)
    }
    const since = Date.now()
    await postBatch(stage, { ...application, url: web.url })
    const problems = await endedProblems(LIMIT_MS)
    const jobs = await prisma().job.findMany({
      where: { batchId: { not: null } },
      select: { id: true },
    })
    return {
      recoveryMs: await lastEndAfter(
        since,
        jobs.map(({ id }) => id),
      ),
      problems: [...problems, ...(await fileProblems(stage))],
    }
  },
}

async function postBatch(stage: Stage, application: Application): Promise<void> {
  const { type, input } = webhookTo(application)
  const response = await fetch(`${application.url}/api/v1/jobs/batch`, {
    method: 'POST',
    headers: headersOf(application, { 'content-type': 'application/json' }),
    body: JSON.stringify({ type, items: Array.from({ length: BATCH }, () => ({ input })) }),
    signal: AbortSignal.timeout(LIMIT_MS),
  })
  const { batchId, count } = made.parse(await response.json())
  stage.ledger.acknowledgeBatch(batchId, count)
}

function headersOf({ user }: Application, more: Record<string, string>) {
  return { authorization: `Bearer ${user.key}`, ...more }
}

/** Each record of a file has its bytes. */
async function fileProblems({ ledger }: Stage): Promise<string[]> {
  const files = await prisma().file.findMany()
  return files
    .filter(({ storageKey, bytes }) => {
      const file = path.join(ledger.folder, 'files', storageKey)
      return fs.statSync(file, { throwIfNoEntry: false })?.size !== bytes
    })
    .map(({ id }) => `The file ${id} does not have its bytes`)
}

const STREAMS = 3
/** An upload that begins before SIGTERM and ends this much after it. */
const UPLOAD_MS = 4_000
const STOP_MS = 20_000

const stopped: Cell = {
  name: 'web-stopped',
  fault: 'SIGTERM of web with live streams open and an upload under way',
  backend: 'postgresql',
  boundMs: STOP_MS,
  async run(stage) {
    const application = await startApplication(stage)
    const streams = await Promise.all(
      Array.from({ length: STREAMS }, () => openStream(application)),
    )
    const uploading = slowUpload(application, await noise(200), UPLOAD_MS)
    await pause(stage.random.between(200, 1_500))
    const since = Date.now()
    const gone = once(application.web.process, 'exit')
    application.web.process.kill('SIGTERM')
    const status = await uploading
    await Promise.all(streams.map(({ ended }) => ended))
    const [code] = await gone
    const recoveryMs = Date.now() - since
    const web = await webAgain(stage)
    await postBatch(stage, { ...application, url: web.url })
    const problems = await endedProblems(LIMIT_MS)
    const files = await prisma().file.count()
    return {
      recoveryMs,
      problems: [
        ...problems,
        ...(status === 201 ? [] : [`The upload was answered ${status || 'nothing'}`]),
        ...(files === 1 ? [] : [`There are ${files} files after one upload`]),
        ...(code === 0 ? [] : [`The web server ended with ${code}`]),
        ...(await fileProblems(stage)),
      ],
    }
  },
}

/** Opens a stream of changes. */
async function openStream(application: Application): Promise<{ ended: Promise<unknown> }> {
  const response = await fetch(`${application.url}/api/v1/live`, {
    headers: headersOf(application, {}),
  })
  if (!response.ok) throw new Error(`The stream was answered ${response.status}`)
  return { ended: response.text().catch(() => undefined) }
}

/** Sends a file a piece at a time; 0: no answer came. */
function slowUpload(application: Application, content: Buffer, ms: number): Promise<number> {
  const border = 'chaos'
  const head = `--${border}\r\ncontent-disposition: form-data; name="file"; filename="noise.png"\r\ncontent-type: image/png\r\n\r\n`
  const body = Buffer.concat([Buffer.from(head), content, Buffer.from(`\r\n--${border}--\r\n`)])
  const pieces = 20
  return new Promise((resolve) => {
    const request = http.request(
      `${application.url}/api/v1/files`,
      {
        method: 'POST',
        headers: headersOf(application, {
          'content-type': `multipart/form-data; boundary=${border}`,
          'content-length': String(body.length),
        }),
      },
      (response) => {
        response.resume()
        resolve(response.statusCode ?? 0)
      },
    )
    request.on('error', () => resolve(0))
    const send = async () => {
      for (let piece = 0; piece < pieces; piece++) {
        const size = Math.ceil(body.length / pieces)
        request.write(body.subarray(piece * size, (piece + 1) * size))
        await pause(ms / pieces)
      }
      request.end()
    }
    send().catch(() => resolve(0))
  })
}

/** Web servers that end in the middle of requests. */
export const shutdown: Cell[] = [batches, stopped]

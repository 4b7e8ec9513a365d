import { describe, expect, test } from 'vitest'
import { prisma } from '@/lib/db/prisma'
import { catalog } from '@/lib/jobs/catalog'
import { MASK } from '@/lib/secrets/mask'
import { openHeaders } from '@/lib/webhooks/header-secrets'
import { type ApiUser, callApi, createApiUser } from '@/test/support/api'
import { tablesWith } from '@/test/support/marked-person'
import { ownDatabase } from '@/test/support/own-database'
import { createScheduleRecord, fireAll, firesOf } from '@/test/support/schedules'
import { sealScheduleInputs } from '@/workers/supervisor/schedules/seal-inputs'

ownDatabase()

let count = 0

/** A webhook with a secret header that no other test has. */
function secretWebhook() {
  count += 1
  const secret = `hunter2-${count}-secret`
  const url = 'https://example.com/hooks'
  const input = { url, event: 'order.created', payload: {}, headers: { 'X-Api-Key': secret } }
  return { secret, input, masked: { ...input, headers: { 'X-Api-Key': MASK } } }
}

async function send(path: string, user: ApiUser, body: unknown) {
  const response = await callApi(`POST /api/v1/${path}`, user, { body })
  const answer = await response.json()
  const paths = (answer.errors ?? []).map(({ path }: { path: string }) => path)
  return { status: response.status, answer, paths }
}

const webhookOf = (user: ApiUser, input: object, more: object = {}) =>
  send('jobs', user, { type: 'webhook', input, ...more })

/** The headers a record holds, as they are kept and as they are sent. */
function headersIn(record: { input: unknown; ownerId: string | null }) {
  const { headers: kept = {} } = catalog.webhook.input.parse(record.input)
  return { kept, sent: openHeaders(kept, record.ownerId) }
}

async function jobHeaders(id: string) {
  return headersIn(await prisma().job.findUniqueOrThrow({ where: { id } }))
}

describe('a secret header of a webhook', () => {
  test('is in no table, and masked in every answer and in the search [S7]', async () => {
    const ann = await createApiUser()
    const { secret, input, masked } = secretWebhook()
    const { status, answer } = await webhookOf(ann, input)
    expect(status).toBe(202)
    const { id } = answer.job
    const { kept, sent } = await jobHeaders(id)
    expect(sent).toEqual(input.headers)
    expect(await tablesWith(secret)).toEqual([])
    expect(await tablesWith(kept['X-Api-Key'] ?? '')).toEqual(['Job'])
    const shown = await (await callApi(`GET /api/v1/jobs/${id}`, ann)).json()
    const listed = await (await callApi('GET /api/v1/jobs', ann)).json()
    for (const job of [answer.job, shown.job, listed.data[0]]) expect(job.input).toEqual(masked)
    const batch = await send('jobs/batch', ann, { type: 'webhook', items: [{ input }] })
    expect(batch.status).toBe(202)
    expect(await tablesWith(secret)).toEqual([])
  })

  test('is copied from an own original to the same receiver, and from nowhere else [S7]', async () => {
    const [ann, eve] = [await createApiUser(), await createApiUser()]
    const { input, masked } = secretWebhook()
    const { id: originalId } = (await webhookOf(ann, input)).answer.job
    const { kept } = await jobHeaders(originalId)
    const copy = await webhookOf(ann, masked, { originalId })
    expect(copy.status).toBe(202)
    expect((await jobHeaders(copy.answer.job.id)).sent).toEqual(input.headers)
    const refused = { status: 422, paths: ['input.headers.X-Api-Key'] }
    const elsewhere = { ...masked, url: 'https://eve.example/' }
    expect(await webhookOf(ann, elsewhere, { originalId })).toMatchObject(refused)
    expect(await webhookOf(ann, masked)).toMatchObject(refused)
    expect(await webhookOf(eve, masked, { originalId })).toMatchObject(refused)
    for (const user of [ann, eve]) {
      const leak = { ...input, headers: { 'X-Leak': kept['X-Api-Key'] } }
      expect(await webhookOf(user, leak)).toMatchObject({
        status: 422,
        paths: ['input.headers.X-Leak'],
      })
    }
  })

  test('is the same secret to an idempotency key, without its plain hash being kept [S7]', async () => {
    const ann = await createApiUser()
    const { input } = secretWebhook()
    const more = { idempotencyKey: 'once' }
    expect((await webhookOf(ann, input, more)).status).toBe(202)
    expect((await webhookOf(ann, input, more)).status).toBe(200)
    const other = { ...input, headers: { 'X-Api-Key': 'another' } }
    expect((await webhookOf(ann, other, more)).status).toBe(409)
  })
})

describe('a schedule with a secret header', () => {
  const daily = { name: 'Daily', type: 'webhook', cron: '0 6 * * *' }

  async function change(user: ApiUser, id: string, body: unknown) {
    const response = await callApi(`PATCH /api/v1/schedules/${id}`, user, { body })
    return { status: response.status, answer: await response.json() }
  }

  test('keeps it encrypted, shows a mask, and its jobs send it [S7]', async () => {
    const ann = await createApiUser()
    const { secret, input, masked } = secretWebhook()
    const made = await send('schedules', ann, { ...daily, input })
    expect(made).toMatchObject({ status: 201, answer: { schedule: { input: masked } } })
    const { id } = made.answer.schedule
    const shown = await (await callApi(`GET /api/v1/schedules/${id}`, ann)).json()
    expect(shown.schedule.input).toEqual(masked)
    const run = await callApi(`POST /api/v1/schedules/${id}/run`, ann)
    const { job } = await run.json()
    expect(job.input).toEqual(masked)
    const due = new Date(Date.now() - 1_000)
    await prisma().schedule.update({ where: { id }, data: { nextFireAt: due } })
    await fireAll(new Date().toISOString())
    const fires = await firesOf(id)
    expect(fires).toHaveLength(2)
    for (const { jobId } of fires) {
      expect((await jobHeaders(jobId ?? '')).sent).toEqual(input.headers)
    }
    expect(await tablesWith(secret)).toEqual([])
  })

  test('goes on with it when it comes back masked, for the same receiver only [S7]', async () => {
    const ann = await createApiUser()
    const { input, masked } = secretWebhook()
    const { id } = (await send('schedules', ann, { ...daily, input })).answer.schedule
    const other = { ...masked, event: 'order.paid' }
    expect((await change(ann, id, { input: other })).status).toBe(200)
    const record = await prisma().schedule.findUniqueOrThrow({ where: { id } })
    expect(headersIn(record).sent).toEqual(input.headers)
    expect(
      (await change(ann, id, { input: { ...other, url: 'https://eve.example/' } })).status,
    ).toBe(422)
    expect(await send('schedules', ann, { ...daily, input: masked })).toMatchObject({
      status: 422,
      paths: ['input.headers.X-Api-Key'],
    })
  })

  test('from before is encrypted when a worker starts, and masked until then [S7]', async () => {
    const ann = await createApiUser()
    const { secret, input, masked } = secretWebhook()
    const record = { ownerId: ann.userId, type: 'webhook', input }
    const { id } = await createScheduleRecord(record)
    const shown = await (await callApi(`GET /api/v1/schedules/${id}`, ann)).json()
    expect(shown.schedule.input).toEqual(masked)
    expect(await tablesWith(secret)).toEqual(['Schedule'])
    await sealScheduleInputs()
    expect(await tablesWith(secret)).toEqual([])
    const kept = await prisma().schedule.findUniqueOrThrow({ where: { id } })
    expect(headersIn(kept).sent).toEqual(input.headers)
    await sealScheduleInputs()
    expect(await prisma().schedule.findUniqueOrThrow({ where: { id } })).toEqual(kept)
  })
})

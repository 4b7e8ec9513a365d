import { randomBytes } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { serve } from '@/app/_api/serve'
import { prisma } from '@/lib/db/prisma'
import { type ApiUser, callApi, createApiUser } from '@/test/support/api'
import { plainPicture } from '@/test/support/images'
import { ownDatabase } from '@/test/support/own-database'
import { createJobRecord } from '@/test/support/owner'
import { createDataDir } from '@/test/support/programs'

ownDatabase()

let png: Buffer

beforeAll(async () => {
  process.env.DATA_DIR = await createDataDir()
  png = await plainPicture(12, 8).png().toBuffer()
})

function form(bytes: Buffer, name: string, field = 'file'): FormData {
  const data = new FormData()
  data.set(field, new Blob([Uint8Array.from(bytes)]), name)
  return data
}

async function send(user: ApiUser, body: BodyInit, headers: Record<string, string> = {}) {
  const request = new Request('http://localhost/api/v1/files', {
    method: 'POST',
    headers: { authorization: `Bearer ${user.key}`, ...headers },
    body,
  })
  const response = await serve(request)
  return { status: response.status, headers: response.headers, body: await response.json() }
}

/** The id of a stored picture. */
async function stored(user: ApiUser, name = 'beach.png'): Promise<string> {
  const { status, body } = await send(user, form(png, name))
  expect(status).toBe(201)
  return body.file.id
}

describe('POST /api/v1/files', () => {
  test('stores an image with what its content says, and answers where it is', async () => {
    const { status, headers, body } = await send(await createApiUser(), form(png, 'beach.png'))
    expect(status).toBe(201)
    expect(headers.get('location')).toBe(`/api/v1/files/${body.file.id}`)
    expect(body.file).toMatchObject({
      kind: 'upload',
      name: 'beach.png',
      contentType: 'image/png',
      bytes: png.length,
      width: 12,
      height: 8,
    })
    expect(Object.keys(body.file)).not.toContain('storageKey')
  })

  test.each([
    ['a text named .png', () => form(Buffer.from('hello'), 'a.png'), 422],
    ['an SVG', () => form(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'a.svg'), 422],
    ['an empty file', () => form(Buffer.alloc(0), 'a.png'), 422],
    ['another field', () => form(png, 'a.png', 'picture'), 422],
    ['21 MB', () => form(Buffer.concat([png, randomBytes(21 * 1024 * 1024)]), 'a.png'), 413],
  ])('refuses %s and keeps nothing', async (_what, body, status) => {
    const user = await createApiUser()
    const answer = await send(user, body())
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    if (status === 422) expect(answer.body.errors[0].path).toBe('file')
    expect(await prisma().file.count({ where: { ownerId: user.userId } })).toBe(0)
  })

  test.each([
    ['JSON', '{"file":"x"}', 'application/json'],
    ['a form without a boundary', 'x', 'multipart/form-data'],
    [
      'a form that breaks off',
      '--b\r\nContent-Disposition: form-data; na',
      'multipart/form-data; boundary=b',
    ],
    ['a form with nothing in it', '--b--\r\n', 'multipart/form-data; boundary=b'],
  ])('refuses %s', async (_what, body, type) => {
    const answer = await send(await createApiUser(), body, { 'content-type': type })
    expect([answer.status, answer.body.errors[0].path]).toEqual([422, 'file'])
  })

  test('refuses a name with a line break, however it is written', async () => {
    const answer = await sendNamed(await createApiUser(), 'a%0D%0ASet-Cookie%3A%20a%3Db.png')
    expect([answer.status, answer.body.errors[0].path]).toEqual([422, 'file'])
  })

  test('keeps folders, quotes and reversed text of a name out of its headers', async () => {
    const user = await createApiUser()
    const answer = await sendNamed(user, '..%2F..%2Fevil%22%3B%20x%3D%E2%80%AE.png')
    expect([answer.status, answer.body.file.name]).toEqual([201, 'evil"; x=.png'])
    const { headers } = await callApi(`HEAD /api/v1/files/${answer.body.file.id}/content`, user)
    expect(headers.get('content-disposition')).toBe(
      `attachment; filename="evil_; x=.png"; filename*=UTF-8''evil%22%3B%20x%3D.png`,
    )
  })
})

/** Uploads the picture under a name as RFC 5987 encodes it. */
function sendNamed(user: ApiUser, encoded: string) {
  const disposition = `form-data; name="file"; filename*=UTF-8''${encoded}`
  const parts = [`--b\r\nContent-Disposition: ${disposition}\r\n\r\n`, png, '\r\n--b--\r\n']
  const body = Buffer.concat(parts.map((part) => Buffer.from(part)))
  const type = { 'content-type': 'multipart/form-data; boundary=b' }
  return send(user, Uint8Array.from(body), type)
}

describe('GET /api/v1/files/:id/content', () => {
  test('answers the bytes, to be saved and never to be run', async () => {
    const user = await createApiUser()
    const id = await stored(user, 'Grüße 1.png')
    const response = await callApi(`GET /api/v1/files/${id}/content`, user)
    expect(Buffer.from(await response.arrayBuffer())).toEqual(png)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-length': String(png.length),
      'content-disposition':
        'attachment; filename="Gr__e 1.png"; filename*=UTF-8\'\'Gr%C3%BC%C3%9Fe%201.png',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'accept-ranges': 'none',
    })
  })

  test('answers the whole file to who asks for a part', async () => {
    const user = await createApiUser()
    const headers = { range: 'bytes=2-5' }
    const id = await stored(user)
    const response = await callApi(`GET /api/v1/files/${id}/content`, user, { headers })
    expect(response.status).toBe(200)
    expect((await response.arrayBuffer()).byteLength).toBe(png.length)
  })

  test('shows an image in place only when asked to', async () => {
    const user = await createApiUser()
    const id = await stored(user)
    const response = await callApi(`GET /api/v1/files/${id}/content?inline=1`, user)
    expect(response.headers.get('content-disposition')).toMatch(/^inline;/)
    await response.body?.cancel()
  })

  test('answers 304 to who has it already, and only headers to HEAD', async () => {
    const user = await createApiUser()
    const id = await stored(user)
    const first = await callApi(`HEAD /api/v1/files/${id}/content`, user)
    expect([first.status, await first.text()]).toEqual([200, ''])
    const headers = { 'if-none-match': first.headers.get('etag') ?? '' }
    const again = await callApi(`GET /api/v1/files/${id}/content`, user, { headers })
    expect(again.status).toBe(304)
  })
})

describe('files', () => {
  test('are listed newest first, a page at a time', async () => {
    const user = await createApiUser()
    const ids: string[] = []
    for (const name of ['a.png', 'b.png', 'c.png']) {
      ids.unshift(await stored(user, name))
    }
    const page = async (query: string) => (await callApi(`GET /api/v1/files${query}`, user)).json()
    const first = await page('?limit=2')
    const second = await page(`?limit=2&cursor=${first.nextCursor}`)
    expect([...first.data, ...second.data].map(({ id }: { id: string }) => id)).toEqual(ids)
    expect(second.nextCursor).toBeNull()
    expect((await callApi('GET /api/v1/files?limit=0', user)).status).toBe(422)
  })

  test('are deleted once, and not while a job needs them', async () => {
    const user = await createApiUser()
    const id = await stored(user)
    const remove = () => callApi(`DELETE /api/v1/files/${id}`, user)
    const jobId = await createJobRecord(user.userId, 'image', { fileId: id, operations: [] })
    expect((await remove()).status).toBe(409)
    await prisma().job.delete({ where: { id: jobId } })
    const deleted = await remove()
    expect([deleted.status, (await deleted.json()).file.id]).toEqual([200, id])
    expect((await remove()).status).toBe(404)
    expect((await callApi(`GET /api/v1/files/${id}/content`, user)).status).toBe(404)
  })
})

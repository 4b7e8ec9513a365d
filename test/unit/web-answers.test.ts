import { once } from 'node:events'
import http from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { headEveryAnswer } from '@/bin/web/every-answer'
import { refuseSenseless } from '@/bin/web/refuse'

let server: http.Server
let appUrl = 'http://localhost:3000'

beforeAll(async () => {
  server = http.createServer(async (request, response) => {
    headEveryAnswer(response, appUrl)
    if (!(await refuseSenseless(request, response))) response.end('ok')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterAll(() => {
  server.close()
})

type Asked = { method?: string; path?: string; headers?: http.OutgoingHttpHeaders; body?: Buffer }

async function ask({ method = 'GET', path = '/', headers = {}, body }: Asked) {
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const answer = await new Promise<http.IncomingMessage>((resolve, reject) => {
    const request = http.request({ port, host: '127.0.0.1', method, path, headers }, resolve)
    request.on('error', reject).end(body)
  })
  answer.resume()
  await once(answer, 'end')
  return { status: answer.statusCode, headers: answer.headers }
}

describe('the web server', () => {
  it('has browsers come back over https only, and guess no types, on every answer [S16]', async () => {
    for (const path of ['/', '/api/v1/jobs', '/_next/static/x.js', '/%F0%28']) {
      appUrl = 'https://jobs.example.com'
      expect((await ask({ path })).headers).toMatchObject({
        'strict-transport-security': 'max-age=63072000',
        'x-content-type-options': 'nosniff',
      })
      appUrl = 'http://localhost:3000'
      expect((await ask({ path })).headers).not.toHaveProperty('strict-transport-security')
    }
  })

  it.each(['TRACE', 'PROPFIND', 'SEARCH'])(
    'says what it can do instead of %s [S17]',
    async (method) => {
      const { status, headers } = await ask({ method })
      expect([status, headers.allow]).toEqual([405, 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS'])
    },
  )

  it.each(['/api/v1/files/%F0%28%8C%28/content', '/%', '/jobs/%ff?x=1'])(
    'refuses %s, which no path is written like [S17]',
    async (path) => {
      const { status, headers } = await ask({ path })
      expect([status, headers['content-type']]).toEqual([422, 'application/problem+json'])
    },
  )

  it.each(['/jobs/%E2%82%AC', '/?q=%ff', '/a%20b'])('lets %s through [S17]', async (path) => {
    expect((await ask({ path })).status).toBe(200)
  })

  it('takes small bodies only from whoever shows nothing, and none of unsaid length [S2]', async () => {
    const body = Buffer.alloc(100_000)
    const length = { 'content-length': String(body.length) }
    const key = { authorization: 'Bearer mr_x' }
    const session = { cookie: 'a=b; next-auth.session-token=x' }
    const chunked = { 'transfer-encoding': 'chunked' }
    const statusOf = async (asked: Asked) => (await ask({ method: 'POST', ...asked })).status
    expect(await statusOf({ headers: length, body })).toBe(413)
    expect(await statusOf({ headers: chunked, body: Buffer.from('x') })).toBe(413)
    expect(await statusOf({ headers: { ...length, ...key }, body })).toBe(200)
    expect(await statusOf({ headers: { ...length, ...session }, body })).toBe(200)
    expect(await statusOf({ headers: { 'content-length': '1' }, body: Buffer.from('x') })).toBe(200)
  })
})

import { expect, test } from 'vitest'
import { callApi } from '@/test/support/api'

const JOB = '/api/v1/jobs/019b2f4e-7a10-7c3e-9d41-5b8f0e6a2c01'

test.each([
  ['/api/v1/jobs', 'GET, HEAD, OPTIONS, POST'],
  ['/api/v1/jobs/batch', 'OPTIONS, POST'],
  [JOB, 'DELETE, GET, HEAD, OPTIONS'],
  [`${JOB}/cancel`, 'OPTIONS, POST'],
  ['/api/users', 'OPTIONS, POST'],
])('%s says which methods it takes, and answers 405 to others', async (path, allow) => {
  const options = await callApi(`OPTIONS ${path}`)
  expect([options.status, options.headers.get('allow')]).toEqual([204, allow])
  const refused = await callApi(`PUT ${path}`)
  expect([refused.status, await refused.text()]).toEqual([405, ''])
})

test.each([
  '/api/v1/nothing',
  '/api/v1/%6aobs',
  '/api/v1/Jobs',
  `${JOB}/nothing`,
  `${JOB}/cancel/x`,
])('%s is no address', async (path) => {
  for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']) {
    const { status, headers } = await callApi(`${method} ${path}`)
    expect([status, headers.get('content-type')]).toEqual([404, 'application/problem+json'])
  }
})

test('HEAD is answered like GET', async () => {
  const { status, headers } = await callApi('HEAD /api/health/live')
  expect([status, headers.get('content-type')]).toEqual([200, 'application/json'])
})

import { NextRequest } from 'next/server'
import { describe, expect, it } from 'vitest'
import { proxy } from '@/proxy'

function visit(headers: Record<string, string> = {}, method = 'GET') {
  return proxy(
    new NextRequest('http://localhost:3000/jobs?status=failed', {
      method,
      headers: { host: 'localhost:3000', ...headers },
    }),
  )
}

function policyOf(response: Response): string {
  return response.headers.get('content-security-policy') ?? ''
}

describe('proxy', () => {
  it('gives every page another nonce and no inline script', async () => {
    const [first, second] = [policyOf(await visit()), policyOf(await visit())]
    const scripts = /script-src ([^;]+)/.exec(first)?.[1]
    expect(scripts).toMatch(/'nonce-[0-9a-f]{32}' 'strict-dynamic'/)
    expect(scripts).not.toContain('unsafe-inline')
    expect(first).toContain("frame-ancestors 'none'")
    expect(first).not.toBe(second)
  })

  it('does not believe a nonce or a path that a client sends', async () => {
    const response = await visit({ 'x-nonce': 'mine', 'x-millrace-path': '//evil.example' })
    expect(response.headers.get('x-middleware-request-x-nonce')).not.toBe('mine')
    expect(response.headers.get('x-middleware-request-x-millrace-path')).toBe('/jobs?status=failed')
  })

  it('refuses writes from other sites', async () => {
    expect((await visit({ origin: 'https://evil.example' }, 'POST')).status).toBe(403)
    expect((await visit({ origin: 'null' }, 'POST')).status).toBe(403)
    expect((await visit({ origin: 'http://localhost:3000' }, 'POST')).status).toBe(200)
  })
})

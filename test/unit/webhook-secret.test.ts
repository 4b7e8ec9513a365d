import { afterEach, describe, expect, test, vi } from 'vitest'
import { isSealed, open, seal, UnreadableSecret } from '@/lib/secrets/secret-box'
import { newSecret, sealSecret, signingSecrets } from '@/lib/webhooks/secret'

let key = 'one installation’s secret, long enough'
vi.mock('@/lib/config/config', () => ({ authSecret: () => key }))
afterEach(() => {
  key = 'one installation’s secret, long enough'
})

describe('a sealed text', () => {
  test('opens for its purpose only, and shows nothing of itself', () => {
    const sealed = seal('hunter2 ✓', 'door')
    expect(isSealed(sealed)).toBe(true)
    expect(sealed).not.toContain('hunter2')
    expect(open(sealed, 'door')).toBe('hunter2 ✓')
    expect(() => open(sealed, 'window')).toThrow(UnreadableSecret)
  })

  test('is another each time, unless it is to be compared', () => {
    expect(seal('a', 'door')).not.toBe(seal('a', 'door'))
    const repeatable = { repeatable: true }
    expect(seal('a', 'door', repeatable)).toBe(seal('a', 'door', repeatable))
    expect(seal('a', 'door', repeatable).slice(16, 32)).not.toBe(
      seal('b', 'door', repeatable).slice(16, 32),
    )
  })

  test('stays shut when it was changed, or the installation’s secret was', () => {
    const sealed = seal('hunter2', 'door')
    const last = sealed.at(-1) === 'A' ? 'B' : 'A'
    for (const changed of [
      `${sealed.slice(0, -2)}${last}${last}`,
      sealed.slice(0, 40),
      'sealed:',
      '',
    ]) {
      expect(() => open(changed, 'door')).toThrow(UnreadableSecret)
    }
    key = 'another installation’s secret, long enough'
    expect(() => open(sealed, 'door')).toThrow(UnreadableSecret)
  })
})

describe('an endpoint’s secrets', () => {
  const id = 'an endpoint'
  const soon = new Date(Date.now() + 60_000)

  test('have the form and the length of Standard Webhooks', () => {
    const [, encoded = ''] = newSecret().split('_')
    expect(Buffer.from(encoded, 'base64')).toHaveLength(32)
  })

  test('sign side by side until the old one’s time is over', () => {
    const endpoint = { id, secret: sealSecret('new', id), previousSecret: sealSecret('old', id) }
    expect(signingSecrets({ ...endpoint, previousSecretExpiresAt: soon })).toEqual(['new', 'old'])
    const over = new Date(Date.now() - 1)
    expect(signingSecrets({ ...endpoint, previousSecretExpiresAt: over })).toEqual(['new'])
  })

  test('do without an old one that can no longer be read', () => {
    const previousSecret = sealSecret('old', id)
    key = 'another installation’s secret, long enough'
    const endpoint = {
      id,
      secret: sealSecret('new', id),
      previousSecret,
      previousSecretExpiresAt: soon,
    }
    expect(signingSecrets(endpoint)).toEqual(['new'])
  })
})

import { describe, expect, it } from 'vitest'
import { safeCallbackPath } from '@/app/_server/auth/callback-url'
import { hashPassword, newPassword, verifyPassword } from '@/lib/auth/passwords'
import { emailField, nameField } from '@/lib/mail/person-fields'

describe('safeCallbackPath', () => {
  it.each(['/', '/jobs?status=failed', '/jobs/1#logs'])('keeps %s', (path) => {
    expect(safeCallbackPath(path)).toBe(path)
  })

  it.each([
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/.//evil.example',
    'javascript:alert(1)',
    '',
    undefined,
    ['/jobs'],
  ])('refuses %j', (path) => {
    expect(safeCallbackPath(path)).toBe('/')
  })
})

describe('emailField', () => {
  it('trims and lowers', () => {
    expect(emailField.parse(' Ann@Example.COM ')).toBe('ann@example.com')
  })

  it.each([
    '',
    'ann',
    'a@b.c, d@e.f',
    'ann@example.com\nbcc: all@example.com',
    `${'a'.repeat(260)}@b.co`,
  ])('refuses %j', (value) => {
    expect(emailField.safeParse(value).success).toBe(false)
  })
})

describe('nameField', () => {
  it.each(['', '   ', 'a\r\nb', 'a'.repeat(101)])('refuses %j', (value) => {
    expect(nameField.safeParse(value).success).toBe(false)
  })
})

describe('newPassword', () => {
  it.each(['tall purple wheel', 'ünïcödé wörd', '𝒎𝒊𝒍𝒍𝒓𝒂𝒄𝒆', 'x'.repeat(200).concat('yz')])(
    'accepts %s',
    (value) => {
      expect(newPassword.safeParse(value).success).toBe(true)
    },
  )

  it.each([
    '',
    'short12',
    '𝒂𝒃𝒄𝒅',
    'x'.repeat(257),
    'password123',
    'PassWord',
    '1234567890',
    'Qwertyuiop',
  ])('refuses %s', (value) => {
    expect(newPassword.safeParse(value).success).toBe(false)
  })
})

describe('verifyPassword', () => {
  it('knows its own hashes, in either Unicode form', async () => {
    const hash = await hashPassword('caf\u00e9 au lait')
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(await verifyPassword(hash, 'cafe\u0301 au lait')).toBe(true)
    expect(await verifyPassword(hash, 'cafe au lait')).toBe(false)
  })

  it('is false without a hash', async () => {
    expect(await verifyPassword(null, 'tall purple wheel')).toBe(false)
    expect(await verifyPassword(undefined, '')).toBe(false)
  })
})

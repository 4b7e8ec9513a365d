import { beforeAll, describe, expect, it } from 'vitest'
import { mailAddress, mailHeader } from '@/lib/mail/fields'
import { renderMail } from '@/lib/mail/render'
import { templateNames, templates } from '@/lib/mail/template-names'
import { lineOf, linkOf, textOf } from '@/lib/mail/variables'

const appUrl = 'https://jobs.example.com'

beforeAll(() => {
  process.env.APP_URL = appUrl
})

describe.each(templateNames)('the template %s', (template) => {
  it('needs no variable', async () => {
    const mail = await renderMail({ template, variables: {}, appUrl })
    expect(mail.subject).toBe(templates[template].subject)
    for (const part of [mail.html, mail.text]) {
      expect(part).toContain(appUrl)
      expect(part).not.toMatch(/undefined|null|NaN|\[object/)
    }
  })

  it('takes anything for a variable', async () => {
    const names = [...templates[template].fields.map(({ name }) => name), 'resetId', 'unknown']
    for (const value of [null, 7, true, [], { toString: 1 }, '\u0000', '<b>', 'x'.repeat(50_000)]) {
      const variables = Object.fromEntries(names.map((name) => [name, value]))
      const mail = await renderMail({ template, variables, appUrl })
      expect(mail.html).not.toContain('<b>')
      expect(mail.html.length).toBeLessThan(100_000)
      expect(mail.html).not.toMatch(/undefined|NaN|\[object/)
    }
  })
})

describe('a mail', () => {
  it('escapes HTML and keeps line breaks', async () => {
    const body = 'One\r\ntwo\n\n<script>alert(1)</script> & "three"'
    const mail = await renderMail({ template: 'notice', variables: { title: '<i>', body }, appUrl })
    expect(mail.html).toContain('One<br/>two')
    expect(mail.html).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;three&quot;')
    expect(mail.html).not.toContain('<script>')
    expect(mail.text).toContain('One\ntwo\n\n<script>alert(1)</script> & "three"')
  })

  it('never lets a line break into the subject', async () => {
    const variables = { title: 'Title\r\nBcc: eve@example.com' }
    const own = await renderMail({ template: 'notice', variables, appUrl })
    expect(own.subject).toBe('Title Bcc: eve@example.com')
    const given = await renderMail({
      template: 'notice',
      subject: 'a\u2028b\nc',
      variables,
      appUrl,
    })
    expect(given.subject).toBe('a b c')
  })

  it('is readable in the dark', async () => {
    const { html } = await renderMail({ template: 'welcome', variables: {}, appUrl })
    expect(html).toContain('<meta name="color-scheme" content="light dark"/>')
    expect(html).toContain('@media (prefers-color-scheme: dark)')
  })

  it('puts a reset link in when it is given one', async () => {
    const resetUrl = `${appUrl}/reset-password?token=abc`
    const mail = await renderMail({ template: 'password-reset', variables: {}, appUrl, resetUrl })
    expect(mail.text.match(/token=abc/g)).toHaveLength(1)
    expect(mail.html).toContain(`href="${resetUrl}"`)
  })
})

it.each([
  ['https://example.com/a?b=c', 'https://example.com/a?b=c'],
  ['http://localhost:3000', 'http://localhost:3000/'],
  ['javascript:alert(1)', undefined],
  ['data:text/html,x', undefined],
  ['//example.com', undefined],
  ['example.com', undefined],
  [{ href: 'https://example.com' }, undefined],
])('takes %j for a link as %j', (url, expected) => {
  expect(linkOf({ url }, 'url')).toBe(expected)
})

it('reads text leniently', () => {
  expect(lineOf({ a: ' one\n two ' }, 'a')).toBe('one two')
  expect(lineOf({ a: 1234 }, 'a')).toBe('1,234')
  expect(lineOf({ a: '  ' }, 'a')).toBeUndefined()
  expect(lineOf({ a: 'x'.repeat(300) }, 'a')).toHaveLength(200)
  expect(textOf({ a: 'one\r\ntwo\u0007' }, 'a')).toBe('one\ntwo')
})

it.each([
  'ann@example.com, bob@example.com',
  'ann@example.com\r\nBcc: eve@example.com',
  'Ann <ann@example.com>',
  'ann@example.com\u0000',
  '',
])('refuses %j as one address', (address) => {
  expect(mailAddress.safeParse(address).success).toBe(false)
})

it('refuses a header of two lines', () => {
  expect(mailHeader.safeParse('a\nb').success).toBe(false)
  expect(mailHeader.safeParse('Ça va?').success).toBe(true)
})

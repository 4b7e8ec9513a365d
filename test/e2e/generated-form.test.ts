import { MantineProvider } from '@mantine/core'
import type { Browser, Page } from 'playwright'
import { createElement, type ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { fieldsOf } from '@/app/_server/forms/fields'
import { submit } from '@/app/_server/forms/form-state'
import { readFields } from '@/app/_server/forms/read'
import { FormContext } from '@/app/form/action-form'
import { Records } from '@/app/form/generated/placed'
import { SchemaFields } from '@/app/form/generated/schema-fields'
import { initialState } from '@/app/form/use-action'
import { type FieldIssue, invalidInput } from '@/lib/errors/app-error'
import { formHints } from '@/lib/jobs/form-hints'
import { openBrowser } from '@/test/support/browser'

const schema = z.strictObject({
  title: z.string().min(1).max(80).meta({ title: 'Title', description: 'What people read.' }),
  notes: z.string().max(2_000).optional(),
  contact: z.email().optional(),
  copies: z.int().min(1).max(9).default(1),
  ratio: z.number().nullable(),
  draft: z.boolean().default(false),
  notify: z.boolean().optional(),
  size: z.enum(['small', 'extra-large']),
  day: z.iso.date().optional(),
  at: z.iso.datetime({ offset: true }).optional(),
  colours: z.array(z.string()).optional(),
  margins: z.array(z.number()).default([]),
  address: z.strictObject({ street: z.string(), city: z.string().optional() }).optional(),
  target: z
    .discriminatedUnion('type', [
      z.strictObject({ type: z.literal('disk'), path: z.string() }),
      z.strictObject({ type: z.literal('bucket'), bucket: z.string(), public: z.boolean() }),
    ])
    .meta({ title: 'Target' }),
  steps: z.array(z.strictObject({ angle: z.number() })).optional(),
  headers: z.record(z.string(), z.string()).optional(),
})
const fields = fieldsOf(schema)

const full: z.input<typeof schema> = {
  title: 'A "quoted" <title>',
  notes: 'One\n\nTwo',
  contact: 'ann@example.com',
  copies: 3,
  ratio: 1.5,
  draft: true,
  notify: false,
  size: 'extra-large',
  day: '2026-02-28',
  at: '2026-01-31T12:30:15Z',
  colours: ['red', 'dark blue'],
  margins: [1, 2.5],
  address: { street: 'Mill Lane 1', city: 'Bath' },
  target: { type: 'bucket', bucket: 'prints', public: true },
  steps: [{ angle: 90 }],
  headers: { 'X-Printer': '7' },
}
const least: z.input<typeof schema> = {
  title: 'Least',
  ratio: null,
  size: 'small',
  target: { type: 'disk', path: '/tmp' },
}

let browser: Browser
let page: Page

beforeAll(async () => {
  browser = await openBrowser()
  page = await browser.newPage({ javaScriptEnabled: false })
})
afterAll(() => browser?.close())

/** Shows the form as it is without scripts, after a submission of `typed` if there was one. */
async function show(values: unknown, issues: FieldIssue[] = [], typed?: Record<string, string>) {
  const refuse = () => Promise.reject(invalidInput(issues))
  const state = typed ? await submit(formOf(Object.entries(typed)), refuse) : initialState
  await showFields(createElement(SchemaFields, { fields, values, prefix: 'input' }), state)
}

async function showFields(element: ReactNode, state = initialState): Promise<void> {
  const form = createElement(FormContext, { value: state }, element)
  const markup = renderToStaticMarkup(createElement(MantineProvider, null, form))
  await page.setContent(`<form>${markup}</form>`)
}

function formOf(entries: Iterable<readonly [string, string]>): FormData {
  const form = new FormData()
  for (const [name, value] of entries) form.append(name, value)
  return form
}

/** What the browser would post. */
async function posted(): Promise<FormData> {
  const entries = await page.evaluate(() => {
    const form = document.querySelector('form')
    return form ? [...new FormData(form)].map(([name, value]) => [name, `${value}`]) : []
  })
  return formOf(entries.map(([name = '', value = '']) => [name, value]))
}

const read = async () => readFields(fields, await posted(), 'input')

describe('a form made from a definition', () => {
  test.each([
    ['all', full],
    ['the least', least],
  ])('shows an input with %s of its fields, and posts the same again', async (_, input) => {
    await show(input)
    const { input: again, issues } = await read()
    expect(issues).toEqual([])
    expect(schema.parse(again)).toEqual(schema.parse(input))
  })

  test('labels each field from the schema, and says what it is for', async () => {
    await show(undefined)
    for (const label of ['Title', 'Copies', 'Extra large', 'Street', 'Kind']) {
      await expect.poll(() => page.getByText(label, { exact: true }).count()).toBeGreaterThan(0)
    }
    expect(await page.getByLabel('Title').getAttribute('aria-describedby')).toBeTruthy()
    expect(await page.getByText('What people read.').count()).toBe(1)
    expect(await page.getByLabel('Copies').inputValue()).toBe('1')
  })

  test('is filled in by a person, and posts what the definition takes', async () => {
    await show(undefined)
    await page.getByLabel('Title').fill('By hand')
    await page.getByLabel('Size').selectOption('Extra large')
    await page.getByLabel('Colours').fill('red\n\n  green ')
    await page.getByLabel('Path').fill('/srv')
    await page.getByLabel('At', { exact: true }).fill('2026-03-01T08:00')
    const { input } = await read()
    expect(schema.parse(input)).toMatchObject({
      title: 'By hand',
      size: 'extra-large',
      ratio: null,
      colours: ['red', 'green'],
      target: { type: 'disk', path: '/srv' },
      at: '2026-03-01T08:00:00Z',
    })
  })

  test('keeps what was typed and puts each error beside its field', async () => {
    await show(least, [{ path: 'input.steps.0.angle', message: 'Expected a number' }], {
      'input.title': 'Typed',
      'input.steps': '[{"angle":"x"}]',
    })
    expect(await page.getByLabel('Title').inputValue()).toBe('Typed')
    expect(await page.getByLabel('Steps').inputValue()).toBe('[{"angle":"x"}]')
    expect(await page.getByLabel('Steps').getAttribute('aria-invalid')).toBe('true')
    expect(await page.getByText('0.angle: Expected a number').count()).toBe(1)
  })

  test('reads objects one after another from the fields of each, and pairs from their lines', async () => {
    await show(least)
    const form = await posted()
    form.delete('input.steps')
    for (const [place, angle] of ['90', '', '45'].entries()) {
      form.append(`input.steps.${place}.angle`, angle)
    }
    form.set('input.headers', 'X-Printer: 7: left\n\n X-Tray :2 ')
    const { input, issues } = readFields(fields, form, 'input')
    expect(issues).toEqual([])
    expect(input).toMatchObject({
      steps: [{ angle: 90 }, {}, { angle: 45 }],
      headers: { 'X-Printer': '7: left', 'X-Tray': '2' },
    })
    form.set('input.headers', 'no colon')
    expect(readFields(fields, form, 'input').issues).toEqual([
      { path: 'input.headers', message: expect.stringContaining('not “no colon”') },
    ])
  })

  test('shows pairs as JSON where lines could not hold them', async () => {
    const headers = { 'X-Note': 'One\nTwo' }
    await show({ ...full, headers })
    expect(JSON.parse(await page.getByLabel('Headers').inputValue())).toEqual(headers)
    expect((await read()).input).toMatchObject({ headers })
  })

  test('offers records by name, and keeps one that is not among them', async () => {
    const named = z.object({ fileId: z.uuid().register(formHints, { record: 'file' }) })
    const records = { file: [{ value: 'a', label: 'beach.png' }], endpoint: [] }
    for (const value of ['a', 'gone']) {
      const values = { fileId: value }
      const shown = createElement(SchemaFields, {
        fields: fieldsOf(named),
        values,
        prefix: 'input',
      })
      await showFields(createElement(Records, { value: records }, shown))
      expect(await page.getByLabel('File id').inputValue()).toBe(value)
      expect(await page.getByText('beach.png').count()).toBe(1)
    }
  })

  test('says where JSON is none, or is nested too deep', async () => {
    await show(least, [], { 'input.steps': '[{]', 'input.headers': '['.repeat(100) })
    expect((await read()).issues).toEqual([
      { path: 'input.steps', message: expect.stringContaining('not valid JSON') },
      { path: 'input.headers', message: 'This is nested more than 32 levels deep' },
    ])
  })
})

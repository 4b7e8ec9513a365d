import { beforeAll, expect, test } from 'vitest'
import { inputOf, submitForm } from '@/app/_server/forms/submit'
import type { Viewer } from '@/lib/access/viewer'
import { prisma } from '@/lib/db/prisma'
import { catalog } from '@/lib/jobs/catalog'
import { listCopies } from '@/lib/jobs/read'
import { ownDatabase } from '@/test/support/own-database'
import { createViewer } from '@/test/support/owner'

ownDatabase()

let ann: Viewer
beforeAll(async () => {
  ann = await createViewer()
})

function form(fields: Record<string, string>): FormData {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields)) data.append(name, value)
  return data
}

const mail = {
  'input.to': 'bob@example.com',
  'input.subject': '',
  'input.template': 'notice',
  'input.variables': '{"title":"Open"}',
}

test('a generated form makes the job its fields say, linked to its original both ways', async () => {
  const originalId = await submitForm(ann, 'email', form(mail), {})
  const changed = form({ ...mail, 'input.to': 'cay@example.com' })
  const id = await submitForm(ann, 'email', changed, { originalId, tags: ['again'] })
  expect(await prisma().job.findUniqueOrThrow({ where: { id } })).toMatchObject({
    ownerId: ann.userId,
    originalId,
    tags: ['again'],
    input: { to: 'cay@example.com', template: 'notice', variables: { title: 'Open' } },
  })
  expect(await listCopies(ann, originalId)).toMatchObject([{ id }])
  expect(await listCopies(await createViewer(), originalId)).toEqual([])
})

test('a generated form that is refused names its fields, and makes nothing', async () => {
  const before = await prisma().job.count()
  const bad = form({ ...mail, 'input.to': 'nobody', 'input.template': '' })
  await expect(submitForm(ann, 'email', bad, { priority: 0 })).rejects.toMatchObject({
    code: 'invalid_input',
  })
  await expect(submitForm(ann, 'email', bad, {})).rejects.toMatchObject({
    details: {
      issues: [
        { path: 'input.template' },
        { path: 'input.to', message: expect.stringContaining('one email address') },
      ],
    },
  })
  const noJson = form({ ...mail, 'input.variables': '{title' })
  expect(() => inputOf(catalog.email, noJson)).toThrow('input.variables: This is not valid JSON')
  await expect(submitForm(ann, 'nonsense', form(mail), {})).rejects.toMatchObject({
    code: 'invalid_input',
  })
  expect(await prisma().job.count()).toBe(before)
})

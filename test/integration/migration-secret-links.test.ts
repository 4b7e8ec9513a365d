import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import { expect, test } from 'vitest'
import { pool } from '@/lib/db/pool'
import { prisma } from '@/lib/db/prisma'
import { tablesWith } from '@/test/support/marked-person'
import { ownDatabase } from '@/test/support/own-database'
import { createJobRecord, createViewer } from '@/test/support/owner'

ownDatabase()

/** The statements of the migration that change what is there, after the one that adds a column. */
async function migrateData(): Promise<void> {
  const folder = path.resolve(import.meta.dirname, '../../prisma/migrations')
  const sql = await readFile(`${folder}/20261127211635_secret_links/migration.sql`, 'utf8')
  await pool().query(sql.slice(sql.indexOf(';') + 1))
}

test('links of mails from before are masked, and no others [S5]', async () => {
  const { userId: ownerId } = await createViewer()
  const jobId = await createJobRecord(ownerId, 'email', {})
  const url = (path: string, token: string) => `https://jobs.example.com/${path}?token=${token}`
  const links = [url('reset-password', 'mark-1_a'), url('invitation', 'mark-1_b')]
  const other = url('unsubscribe', 'kept.token')
  await prisma().mail.create({
    data: {
      ...{ id: uuidv7(), ownerId, jobId, messageId: 'm', from: 'a', to: 'b', subject: 's' },
      html: `<a href="${links[0]}">x</a> <a href="${links[1]}">x</a> <a href="${other}">x</a>`,
      text: `${links[0]}\n${links[1]} ${other}`,
    },
  })
  await migrateData()
  expect(await tablesWith('mark-1')).toEqual([])
  const { text } = await prisma().mail.findUniqueOrThrow({ where: { jobId } })
  expect(text).toBe(`${url('reset-password', '••••••')}\n${url('invitation', '••••••')} ${other}`)
})

test('names of admins in jobs that were removed from a queue are gone [C5.13]', async () => {
  const { userId } = await createViewer()
  const said = (by: string) => `Removed from the queue email by ${by}.`
  const removed = async (by: string) => {
    const id = await createJobRecord(userId, 'email', {}, 'CANCELED')
    const error = { name: 'Removed', code: 'removed', message: said(by) }
    await prisma().job.update({ where: { id }, data: { error } })
    await prisma().jobLog.create({
      data: { jobId: id, attempt: 0, level: 'WARN', message: said(by) },
    })
    return id
  }
  const ids = [await removed('Mark by Name'), await removed('the command line')]
  await migrateData()
  expect(await tablesWith('Mark by Name')).toEqual([])
  const jobs = await prisma().job.findMany({
    where: { id: { in: ids } },
    orderBy: { id: 'asc' },
    select: { error: true, logs: { select: { message: true } } },
  })
  expect(jobs).toMatchObject(
    ['an admin', 'the command line'].map((by) => ({
      error: { message: said(by) },
      logs: [{ message: said(by) }],
    })),
  )
})

import type { Browser, Page } from 'playwright'
import { prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { catalog } from '@/lib/jobs/catalog'
import { enqueueMany } from '@/lib/jobs/enqueue-many'
import { sessionOf } from './actors'
import type { ApiUser } from './api'
import { complaintsOf } from './browser'

/** Mails of a person that no worker takes, newest first; some of them have failed. */
export async function makeMails(user: ApiUser, count: number, failed: boolean): Promise<string[]> {
  const items = Array.from({ length: count }, (_, index) => ({
    input: { to: `person${index}@example.com`, template: 'notice' as const },
    tags: [failed ? 'broken' : 'fine'],
    delayMs: 3600_000,
  }))
  const { batchId } = await transaction((tx) =>
    enqueueMany(tx, catalog.email, items, { ownerId: user.userId }),
  )
  const jobs = await prisma().job.findMany({ where: { batchId }, orderBy: { id: 'desc' } })
  if (failed) {
    for (const [index, { id }] of jobs.entries()) {
      const message = `The mail server refused person${index}@example.com after ${index} s`
      await prisma().job.update({
        where: { id },
        data: {
          ...{ status: 'FAILED', attempt: 3, finishedAt: new Date() },
          error: { name: 'JobError', code: 'refused', message },
        },
      })
    }
  }
  return jobs.map(({ id }) => id)
}

/** A page of a browser of its own, in which somebody is signed in. @param complaints what it complains of, once closed */
export async function openAs(
  browser: Browser,
  url: string,
  user: ApiUser,
  complaints: string[] = [],
): Promise<Page> {
  const { cookie = '' } = await sessionOf(user)
  const [name = '', ...value] = cookie.split('=')
  const context = await browser.newContext({ baseURL: url })
  await context.addCookies([{ name, value: value.join('='), url }])
  const page = await context.newPage()
  const said = complaintsOf(page)
  page.on('close', () => complaints.push(...said))
  return page
}

/** Opens a menu of the page. @param name what it is called, or says */
export async function openMenu(page: Page, name: string): Promise<void> {
  await page.locator(`summary[aria-label="${name}"]`).click()
}

import pg from 'pg'
import type { Page } from 'playwright'
import { type App, createApp } from './app'
import { complaintsOf, openBrowser } from './browser'
import { createDatabase } from './postgres'
import { setUpOwner } from './set-up'

/** An application on a database of its own, and its owner, signed in, in a browser. */
export type OwnedApp = {
  app: App
  /** Of the database, for records that no page makes. */
  client: pg.Client
  page: Page
  complaints: string[]
  close(): Promise<void>
}

/** Starts one; the caller closes it. What fails to start leaves nothing running. */
export async function openOwnedApp(env: Record<string, string> = {}): Promise<OwnedApp> {
  const opened: (() => Promise<unknown>)[] = []
  const close = async () => {
    for (const end of opened.toReversed()) await end()
  }
  try {
    const database = await createDatabase()
    opened.push(database.drop)
    const client = new pg.Client(database.url)
    await client.connect()
    opened.push(() => client.end())
    const app = await createApp({
      DATABASE_URL: database.url,
      AUTH_SECRET: 'a secret of this test, long enough to be one',
      ...env,
    })
    opened.push(app.remove)
    await app.start()
    const browser = await openBrowser()
    opened.push(() => browser.close())
    const page = await (await browser.newContext({ baseURL: app.url })).newPage()
    const complaints = complaintsOf(page)
    await setUpOwner(page)
    return { app, client, page, complaints, close }
  } catch (error) {
    await close()
    throw error
  }
}

import { beforeAll, describe, expect, test } from 'vitest'
import { createChannel } from '@/app/_server/alerts/channels'
import { type Proof, refusedSessions, sessionOf } from '@/test/support/actors'
import { ruleOn } from '@/test/support/alerts'
import { type ApiUser, createApiUser } from '@/test/support/api'
import { apiApp } from '@/test/support/api-app'
import { recordsOf } from '@/test/support/api-records'
import { createViewer } from '@/test/support/owner'
import { pagesOfApp } from '@/test/support/routes'

type Records = ReturnType<typeof recordsOf>

/**
 * Who sees which page: `anybody`; `signed-in`; `admins`, while all others get the page that a missing
 * address gets; the same of the record that the path names; or the owner and the admins of such a record.
 */
const rules: Record<
  string,
  | 'anybody'
  | 'signed-in'
  | 'admins'
  | ((records: Records) => Promise<string>)
  | { admins: () => Promise<string> }
> = {
  '/forgot-password': 'anybody',
  '/invitation': 'anybody',
  '/reset-password': 'anybody',
  '/setup': 'anybody',
  '/sign-in': 'anybody',
  '/sign-out': 'anybody',
  '/sign-up': 'anybody',
  '/unsubscribe': 'anybody',
  '/': 'signed-in',
  '/admin': 'admins',
  '/admin/alerts': 'admins',
  '/admin/alerts/channels': 'admins',
  '/admin/alerts/channels/new': 'admins',
  '/admin/alerts/channels/{id}': { admins: alertChannel },
  '/admin/alerts/rules': 'admins',
  '/admin/alerts/rules/new': 'admins',
  '/admin/alerts/rules/{id}': { admins: alertRule },
  '/admin/audit': 'admins',
  '/admin/pauses': 'admins',
  '/admin/pauses/new': 'admins',
  '/admin/queue/{name}': 'admins',
  '/admin/retention': 'admins',
  '/admin/retention/{name}': 'admins',
  '/admin/retention/records/{kind}': 'admins',
  '/admin/users': 'admins',
  '/admin/users/invite': 'admins',
  '/admin/users/{id}': { admins: async () => owner.userId },
  '/admin/users/{id}/remove': { admins: async () => owner.userId },
  '/api-docs': 'signed-in',
  '/batches': 'signed-in',
  '/batches/{id}': ({ batch }) => batch(),
  '/errors': 'signed-in',
  '/files': 'signed-in',
  '/jobs': 'signed-in',
  '/jobs/{id}': ({ job }) => job('COMPLETED'),
  '/jobs/matching': 'signed-in',
  '/jobs/new': 'signed-in',
  '/jobs/new/{type}': 'signed-in',
  '/notifications': 'signed-in',
  '/outbox': 'signed-in',
  '/outbox/{id}': ({ mail }) => mail(),
  '/schedules': 'signed-in',
  '/schedules/new': 'signed-in',
  '/schedules/{id}': ({ schedule }) => schedule(),
  '/schedules/{id}/edit': ({ schedule }) => schedule(),
  '/webhooks': 'signed-in',
  '/webhooks/new': 'signed-in',
  '/webhooks/{id}': ({ endpoint }) => endpoint(),
  '/webhooks/{id}/edit': ({ endpoint }) => endpoint(),
  '/settings': 'signed-in',
  '/settings/api-keys': 'signed-in',
  '/settings/sessions': 'signed-in',
  '/settings/suppressions': 'signed-in',
}

/** Something for the admin's pages that name a record. */
async function alertRule(): Promise<string> {
  return (await ruleOn(await createViewer('ADMIN'), 'depth')).id
}

async function alertChannel(): Promise<string> {
  const { channel } = await createChannel(await createViewer('ADMIN'), {
    kind: 'MAIL',
    name: 'Ops',
    allAdmins: true,
    recipients: [],
  })
  return channel.id
}

const app = apiApp()

let owner: ApiUser
let sessions: { owner: Proof; other: Proof; admin: Proof }
let refused: Record<string, Proof>

beforeAll(async () => {
  owner = await createApiUser()
  sessions = {
    owner: await sessionOf(owner),
    other: await sessionOf(await createApiUser()),
    admin: await sessionOf(await createApiUser('ADMIN')),
  }
  refused = { 'nobody signed in': {}, ...(await refusedSessions()) }
})

test('every page has a rule', () => {
  expect(pagesOfApp().sort()).toEqual(Object.keys(rules).sort())
})

const guarded = Object.entries(rules).filter(([, rule]) => rule !== 'anybody')

describe.each(guarded)('%s', (pattern, rule) => {
  const isOfAdmins = rule === 'admins' || typeof rule === 'object'
  const open = async () => {
    const records = recordsOf({ userId: owner.userId, role: 'USER' })
    const address = pattern.replace(/\{(name|type)\}/, 'email').replace('{kind}', 'mails')
    if (typeof rule === 'function') return address.replace('{id}', await rule(records))
    return typeof rule === 'object' ? address.replace('{id}', await rule.admins()) : address
  }

  test('shows none of its content to whoever is not signed in', async () => {
    const address = await open()
    const expected = isOfAdmins
      ? { status: 404, target: '' }
      : { status: 307, target: expect.stringMatching(/^\/sign-in(\?callbackUrl=|$)/) }
    for (const [who, proof] of Object.entries(refused)) {
      const response = await app.call('GET', address, proof)
      const target = response.headers.get('location') ?? ''
      expect({ who, status: response.status, target }).toEqual({ who, ...expected })
      expect(await response.text()).not.toContain('ann@example.com')
    }
  })

  test('is shown to those whom its rule allows, and is missing for the others', async () => {
    const address = await open()
    const status = async (proof: Proof) => (await app.call('GET', address, proof)).status
    const others = rule === 'signed-in' ? 200 : 404
    expect(await status(sessions.owner)).toBe(isOfAdmins ? 404 : 200)
    expect(await status(sessions.other)).toBe(others)
    expect(await status(sessions.admin)).toBe(200)
  })
})

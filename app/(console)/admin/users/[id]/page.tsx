import type { Metadata } from 'next'
import { cache } from 'react'
import { requireAdmin } from '@/lib/auth/session'
import { getPerson, type Person } from '@/lib/users/person'
import { removalJobOf } from '@/lib/users/removal'
import { stateOf } from '@/lib/users/state'
import { orNotFound } from '../../../_components/or-not-found'
import { Ago } from '../../../_components/time/ago'
import { PageHeader } from '../../../_components/ui/page-header'
import { type SearchParams, valuesOf } from '../../_components/query'
import classes from '../users.module.css'
import { roleWords, StateWord } from '../words'
import { Records } from './_records/records'
import { parseShown, RecordTabs } from './_records/tabs'
import { PersonActions } from './person-actions'
import { RemovalBanner } from './removal-banner'

type Props = { params: Promise<{ id: string }>; searchParams: Promise<SearchParams> }

const personOf = cache(async (id: string) => orNotFound(getPerson(await requireAdmin(), id)))

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await personOf((await params).id)).name }
}

export default async function PersonPage({ params, searchParams }: Props) {
  const admin = await requireAdmin()
  const person = await personOf((await params).id)
  const { show, cursor } = valuesOf(await searchParams)
  const shown = parseShown(show)
  const state = stateOf(person)
  return (
    <>
      <PageHeader
        title={person.name}
        back={{ href: '/admin/users', label: 'Users' }}
        lead={person.email}
      />
      {state === 'removing' && (
        <RemovalBanner person={person} job={await removalJobOf(person.id)} />
      )}
      <PersonActions person={person} state={state} isSelf={person.id === admin.userId} />
      <Facts person={person} />
      <RecordTabs id={person.id} current={shown} />
      <Records admin={admin} id={person.id} show={shown} cursor={cursor} />
    </>
  )
}

function Facts({ person }: { person: Person }) {
  const { role, createdAt, lastSignInAt, providers, hasPassword, timezone, notifyByMail } = person
  const ways = [...(hasPassword ? ['Password'] : []), ...providers.map(capital)]
  return (
    <dl className={classes.facts}>
      <div>
        <dt>State</dt>
        <dd>
          <StateWord state={stateOf(person)} />
        </dd>
      </div>
      <div>
        <dt>Role</dt>
        <dd>{roleWords[role]}</dd>
      </div>
      <div>
        <dt>Joined</dt>
        <dd>
          <Ago at={createdAt.toISOString()} />
        </dd>
      </div>
      <div>
        <dt>Last sign-in</dt>
        <dd>{lastSignInAt ? <Ago at={lastSignInAt.toISOString()} /> : 'Never'}</dd>
      </div>
      <div>
        <dt>Signs in with</dt>
        <dd>{ways.join(', ') || 'Nothing'}</dd>
      </div>
      <div>
        <dt>Time zone</dt>
        <dd>{timezone ?? 'Their browser’s'}</dd>
      </div>
      <div>
        <dt>Notices by mail</dt>
        <dd>{notifyByMail ? 'Yes' : 'No'}</dd>
      </div>
    </dl>
  )
}

/** `github` is read as `GitHub` by everybody. */
function capital(provider: string): string {
  return provider === 'github' ? 'GitHub' : provider.charAt(0).toUpperCase() + provider.slice(1)
}

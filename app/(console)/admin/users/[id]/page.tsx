import type { Metadata } from 'next'
import { cache } from 'react'
import { requireAdmin } from '@/app/_server/auth/session'
import { getPerson, type Person } from '@/app/_server/users/person'
import { stateOf } from '@/app/_server/users/state'
import { removalJobOf } from '@/lib/users/removal'
import { Fact, Facts } from '../../../_components/list/facts'
import { type SearchParams, valuesOf } from '../../../_components/list/href'
import { orNotFound } from '../../../_components/or-not-found'
import { Ago } from '../../../_components/time/ago'
import { PageHeader } from '../../../_components/ui/page-header'
import { roleWords, StateWord } from '../words'
import { Records } from './_records/records'
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
      <PersonFacts person={person} />
      <Records admin={admin} id={person.id} show={show} cursor={cursor} />
    </>
  )
}

function PersonFacts({ person }: { person: Person }) {
  const { role, createdAt, lastSignInAt, providers, hasPassword, timezone, notifyByMail } = person
  const ways = [...(hasPassword ? ['Password'] : []), ...providers.map(capital)]
  return (
    <Facts layout="strip">
      <Fact name="State">
        <StateWord state={stateOf(person)} />
      </Fact>
      <Fact name="Role">{roleWords[role]}</Fact>
      <Fact name="Joined">
        <Ago at={createdAt.toISOString()} />
      </Fact>
      <Fact name="Last sign-in">
        {lastSignInAt ? <Ago at={lastSignInAt.toISOString()} /> : 'Never'}
      </Fact>
      <Fact name="Signs in with">{ways.join(', ') || 'Nothing'}</Fact>
      <Fact name="Time zone">{timezone ?? 'Their browser’s'}</Fact>
      <Fact name="Notices by mail">{notifyByMail ? 'Yes' : 'No'}</Fact>
    </Facts>
  )
}

/** `github` is read as `GitHub` by everybody. */
function capital(provider: string): string {
  return provider === 'github' ? 'GitHub' : provider.charAt(0).toUpperCase() + provider.slice(1)
}

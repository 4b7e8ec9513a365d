import type { Metadata } from 'next'
import { requireAdmin } from '@/app/_server/auth/session'
import { getPerson } from '@/app/_server/users/person'
import { stateOf } from '@/app/_server/users/state'
import { holdingsOf } from '@/lib/users/holdings'
import { orNotFound } from '../../../../_components/or-not-found'
import { PageHeader } from '../../../../_components/ui/page-header'
import ui from '../../../../_components/ui/ui.module.css'
import { RemoveForm } from './remove-form'
import { goesWithAnonymizing, goesWithDeleting, staysWithAnonymizing } from './what-goes'

export const metadata: Metadata = { title: 'Delete or anonymize' }

export default async function RemovePage({ params }: { params: Promise<{ id: string }> }) {
  const admin = await requireAdmin()
  const person = await orNotFound(getPerson(admin, (await params).id))
  const back = { href: `/admin/users/${person.id}`, label: person.name }
  if (person.id === admin.userId) {
    return (
      <PageHeader
        title="Delete or anonymize"
        back={back}
        lead="This is you. Only another admin can delete or anonymize your account."
      />
    )
  }
  const holdings = await holdingsOf(admin, person.id)
  const isGoing = person.removal === 'DELETE'
  return (
    <>
      <PageHeader
        title={`Delete or anonymize ${person.name}`}
        back={back}
        lead="The account is locked at once: sessions and API keys end, schedules and webhooks stop, and waiting jobs are canceled. The rest follows in the background. Neither can be undone."
      />
      <div className={ui.grid}>
        {stateOf(person) !== 'anonymized' && !isGoing && (
          <section className={ui.card} aria-labelledby="anonymize">
            <h2 id="anonymize">Anonymize</h2>
            <p>Removes all that is personal:</p>
            <List items={goesWithAnonymizing(holdings)} />
            <p>Keeps for the figures, without what is in them:</p>
            <List items={staysWithAnonymizing(holdings)} />
            <RemoveForm id={person.id} email={person.email} way="anonymize" />
          </section>
        )}
        <section className={ui.card} aria-labelledby="delete">
          <h2 id="delete">Delete</h2>
          <p>Removes the account, and with it:</p>
          <List items={goesWithDeleting(holdings)} />
          <p>The audit log keeps what they did and what was done to them, by id, without a name.</p>
          <RemoveForm id={person.id} email={person.email} way="delete" />
        </section>
      </div>
    </>
  )
}

function List({ items }: { items: string[] }) {
  return (
    <ul>
      {items.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </ul>
  )
}

import { IconUserPlus, IconUsers } from '@tabler/icons-react'
import type { Metadata } from 'next'
import { requireAdmin } from '@/app/_server/auth/session'
import { listUsers, parseUserQuery } from '@/app/_server/users/list'
import { userStates } from '@/app/_server/users/state'
import type { Viewer } from '@/lib/access/viewer'
import { listInvitations } from '@/lib/auth/invitations'
import { AppError } from '@/lib/errors/app-error'
import { Choose, Search } from '../../_components/list/filter-fields'
import { FilterForm } from '../../_components/list/filter-form'
import { type SearchParams, valuesOf } from '../../_components/list/href'
import { Pager } from '../../_components/list/pager'
import { LinkButton } from '../../_components/ui/button'
import { Empty } from '../../_components/ui/empty'
import { PageHeader } from '../../_components/ui/page-header'
import { Section } from '../../_components/ui/section'
import { InvitationTable } from './invitation-table'
import { UserTable } from './user-table'
import { stateWords } from './words'

export const metadata: Metadata = { title: 'Users' }

const PATH = '/admin/users'
const PAGE_SIZE = 30

const roles = [
  { value: 'admin', label: 'Admins' },
  { value: 'user', label: 'Users' },
]
const states = userStates.map((value) => ({ value, label: stateWords[value] }))

export default async function UsersPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const admin = await requireAdmin()
  const values = valuesOf(await searchParams)
  const { cursor, ...shown } = values
  const [{ data, nextCursor }, invitations] = await Promise.all([
    usersOf(admin, values),
    listInvitations(admin),
  ])
  return (
    <>
      <PageHeader title="Users" lead="Accounts and open invitations.">
        <LinkButton
          href="/admin/users/invite"
          kind="primary"
          icon={<IconUserPlus size={16} aria-hidden />}
        >
          Invite
        </LinkButton>
      </PageHeader>
      <FilterForm
        path={PATH}
        shown={shown}
        fields={
          <>
            <Search
              name="q"
              aria-label="Search name and email"
              placeholder="Search name, email…"
              maxLength={200}
              defaultValue={shown.q}
            />
            <Choose name="role" label="Role" any="Any role" value={shown.role} from={roles} />
            <Choose name="state" label="State" any="Any state" value={shown.state} from={states} />
          </>
        }
      >
        {data.length > 0 ? (
          <UserTable users={data} />
        ) : (
          <Empty
            icon={<IconUsers size={32} stroke={1.4} aria-hidden />}
            title="Nobody found"
            action={<LinkButton href={PATH}>Show everybody</LinkButton>}
          >
            No account fits these filters.
          </Empty>
        )}
        <Pager path={PATH} values={values} cursor={cursor} nextCursor={nextCursor} />
      </FilterForm>
      <Section id="invitations" title="Open invitations">
        <InvitationTable invitations={invitations} />
      </Section>
    </>
  )
}

/** What an address asks for that cannot be is nobody. */
async function usersOf(admin: Viewer, values: Record<string, string>) {
  try {
    return await listUsers(admin, parseUserQuery(values), PAGE_SIZE)
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid_input') {
      return { data: [], nextCursor: null }
    }
    throw error
  }
}

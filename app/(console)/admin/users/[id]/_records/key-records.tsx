import { asPerson } from '@/app/_server/users/person'
import { listApiKeys } from '@/lib/auth/api-keys'
import { KeyTable } from '../../../../settings/api-keys/key-table'
import { revokeKey } from '../../actions'
import type { RecordsProps } from './records'

/** Somebody's API keys that were not revoked. */
export async function KeyRecords({ admin, id }: Pick<RecordsProps, 'admin' | 'id'>) {
  const keys = await listApiKeys(asPerson(admin, id))
  return (
    <KeyTable keys={keys} label="Table of their API keys" empty="No API keys." revoke={revokeKey} />
  )
}

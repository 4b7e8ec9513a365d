import type { Catalog } from '@/lib/jobs/catalog'
import type { InputOf } from '@/lib/jobs/definition'
import { templates } from '@/lib/mail/template-names'
import { unsubscribeUrl } from '@/lib/suppressions/unsubscribe'

type Mail = { input: InputOf<Catalog['email']>; ownerId: string | null }

/** Where the reader of a digest unsubscribes; undefined for other mail, and mail of nobody. */
export function optOutLink({ input: { to, template }, ownerId }: Mail): string | undefined {
  if (!ownerId || templates[template].kind !== 'digest') return undefined
  return unsubscribeUrl({ ownerId, email: to })
}

import type { Metadata } from 'next'
import Link from 'next/link'
import { operations } from '@/app/_api/operations'
import { requireViewer } from '@/app/_server/auth/session'
import { config } from '@/lib/config/config'
import { DownloadButton } from '../_components/ui/button'
import { PageHeader } from '../_components/ui/page-header'
import { Section } from '../_components/ui/section'
import ui from '../_components/ui/ui.module.css'
import { OperationDetails } from './operation-details'

export const metadata: Metadata = { title: 'API' }

/** Every call of the HTTP API, from the same registry as the OpenAPI document. */
export default async function ApiDocsPage() {
  await requireViewer()
  const { appUrl } = config()
  const tags = [...new Set(operations.map(({ tag }) => tag))]
  return (
    <div className={ui.wide}>
      <PageHeader
        title="API"
        lead={
          <>
            Programs send an{' '}
            <Link href="/settings/api-keys" className={ui.link}>
              API key
            </Link>{' '}
            as <code className={ui.mono}>Authorization: Bearer mr_…</code>. What you try here is
            sent as you, and done for real.
          </>
        }
      >
        <DownloadButton href="/api/v1/openapi.json">OpenAPI document</DownloadButton>
      </PageHeader>
      {tags.map((tag) => (
        <Section key={tag} id={idOf(tag)} title={tag}>
          {operations
            .filter((operation) => operation.tag === tag)
            .map((operation) => (
              <OperationDetails key={operation.id} operation={operation} origin={appUrl} />
            ))}
        </Section>
      ))}
    </div>
  )
}

function idOf(tag: string): string {
  return `calls-${tag.toLowerCase().replaceAll(' ', '-')}`
}

import type { Metadata } from 'next'
import Link from 'next/link'
import { operations } from '@/app/_api/operations'
import { requireViewer } from '@/lib/auth/session'
import { config } from '@/lib/config/config'
import { DownloadButton } from '../_components/ui/button'
import page from '../_components/ui/page.module.css'
import { PageHeader } from '../_components/ui/page-header'
import classes from './api-docs.module.css'
import { OperationDetails } from './operation-details'

export const metadata: Metadata = { title: 'API' }

/** Every call of the HTTP API, as it is declared. */
export default async function ApiDocsPage() {
  await requireViewer()
  const { appUrl } = config()
  const tags = [...new Set(operations.map(({ tag }) => tag))]
  return (
    <div className={classes.page}>
      <PageHeader
        title="API"
        lead={
          <>
            Programs send an{' '}
            <Link href="/settings/api-keys" className={page.link}>
              API key
            </Link>{' '}
            as <code className={page.mono}>Authorization: Bearer mr_…</code>. What you try here is
            sent as you, and done for real.
          </>
        }
      >
        <DownloadButton href="/api/v1/openapi.json">OpenAPI document</DownloadButton>
      </PageHeader>
      {tags.map((tag) => (
        <section key={tag} className={page.section} aria-labelledby={idOf(tag)}>
          <div className={page.sectionHead}>
            <h2 id={idOf(tag)}>{tag}</h2>
          </div>
          <div className={classes.operations}>
            {operations
              .filter((operation) => operation.tag === tag)
              .map((operation) => (
                <OperationDetails key={operation.id} operation={operation} origin={appUrl} />
              ))}
          </div>
        </section>
      ))}
    </div>
  )
}

function idOf(tag: string): string {
  return `calls-${tag.toLowerCase().replaceAll(' ', '-')}`
}

import { truncate } from '@/lib/format/truncate'
import { lineOf, linkOf, textOf } from '../variables'
import { Layout } from './layout'
import { Action, Paragraphs } from './parts'
import type { TemplateProps } from './props'

export function Notice({ variables, appUrl }: TemplateProps) {
  const title = lineOf(variables, 'title') ?? 'A notice'
  const body = textOf(variables, 'body')
  const href = linkOf(variables, 'actionUrl')
  return (
    <Layout
      preview={body === undefined ? title : truncate(body, 140)}
      title={title}
      appUrl={appUrl}
      reason="This mail was sent with Millrace from"
    >
      {body && <Paragraphs text={body} />}
      {href && <Action href={href} label={lineOf(variables, 'actionLabel') ?? 'Open'} />}
    </Layout>
  )
}

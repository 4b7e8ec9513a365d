import { lineOf, linkOf } from '../variables'
import { Layout } from './layout'
import { Action, Paragraphs } from './parts'
import type { TemplateProps } from './props'

export function Welcome({ variables, appUrl }: TemplateProps) {
  const name = lineOf(variables, 'name')
  return (
    <Layout
      preview="Your account is ready."
      title={name ? `Welcome, ${name}` : 'Welcome'}
      appUrl={appUrl}
      reason="You get this mail because an account was made with this address on"
    >
      <Paragraphs
        text={
          'Your account is ready. Send mail, process images, make reports and deliver webhooks in the background, and see at any time what became of each.\n\nA sample of every kind of job is one click away.'
        }
      />
      <Action href={linkOf(variables, 'url') ?? appUrl} label="Open Millrace" />
    </Layout>
  )
}

import { Text } from '@react-email/text'
import { lineOf } from '../variables'
import { Layout } from './layout'
import { Action, Paragraphs, PlainLink } from './parts'
import type { TemplateProps } from './props'
import { styles } from './styles'

export function PasswordReset({ variables, appUrl, resetUrl }: TemplateProps) {
  const name = lineOf(variables, 'name')
  const greeting = name ? `Hello ${name},` : 'Hello,'
  const request = 'somebody, hopefully you, asked for a new password for this address.'
  return (
    <Layout
      preview="A link to choose a new password."
      title="Choose a new password"
      appUrl={appUrl}
      reason="You get this mail because a new password was asked for on"
    >
      <Paragraphs text={`${greeting}\n${request}`} />
      {resetUrl ? <WithLink href={resetUrl} /> : <WithoutLink href={`${appUrl}/forgot-password`} />}
    </Layout>
  )
}

function WithLink({ href }: { href: string }) {
  return (
    <>
      <Text style={styles.text} className="mr-text">
        The link works once, for 30 minutes. If you asked for nothing, ignore this mail: your
        password stays as it is.
      </Text>
      <Action href={href} label="Choose a new password" />
      <PlainLink href={href} />
    </>
  )
}

function WithoutLink({ href }: { href: string }) {
  return (
    <>
      <Paragraphs text="Ask for a link to choose one on this page:" />
      <Action href={href} label="Ask for a link" />
      <PlainLink href={href} />
    </>
  )
}

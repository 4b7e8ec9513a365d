import { Text } from '@react-email/text'
import { lineOf } from '../variables'
import { Layout } from './layout'
import { Action, Paragraphs, PlainLink } from './parts'
import type { TemplateProps } from './props'
import { styles } from './styles'

export function Invitation({ variables, appUrl, invitationUrl }: TemplateProps) {
  const inviter = lineOf(variables, 'inviter') ?? 'An admin'
  const href = invitationUrl ?? `${appUrl}/sign-up`
  return (
    <Layout
      preview={`${inviter} invites you to join.`}
      title="You are invited"
      appUrl={appUrl}
      reason="You get this mail because somebody invited this address to"
    >
      <Paragraphs text={`Hello,\n${inviter} invites you to join Millrace, where jobs run.`} />
      {invitationUrl && (
        <Text style={styles.text} className="mr-text">
          The link works once, for seven days. If you do not want to join, ignore this mail.
        </Text>
      )}
      <Action href={href} label="Join" />
      <PlainLink href={href} />
    </Layout>
  )
}

import type { FunctionComponent } from 'react'
import { truncate } from '@/lib/format/truncate'
import type { TemplateName } from '../template-names'
import { lineOf, linkOf, textOf, type Variables } from '../variables'
import { Layout } from './layout'
import { Action, Figures, Paragraph, Paragraphs, PlainLink } from './parts'

/** What every template is given. */
type Props = {
  variables: Variables
  /** Without a trailing slash. */
  appUrl: string
  /** Of a password reset, made when the mail is sent; never part of the job's variables. */
  resetUrl?: string | undefined
  /** Of an invitation, made in the same way. */
  invitationUrl?: string | undefined
  /** Of a digest: where its reader unsubscribes. */
  optOutUrl?: string | undefined
}

function Welcome({ variables, appUrl }: Props) {
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

function PasswordReset({ variables, appUrl, resetUrl }: Props) {
  const name = lineOf(variables, 'name')
  const greeting = name ? `Hello ${name},` : 'Hello,'
  const request = 'somebody, hopefully you, asked for a new password for this address.'
  const href = resetUrl ?? `${appUrl}/forgot-password`
  return (
    <Layout
      preview="A link to choose a new password."
      title="Choose a new password"
      appUrl={appUrl}
      reason="You get this mail because a new password was asked for on"
    >
      <Paragraphs text={`${greeting}\n${request}`} />
      <Paragraph>
        {resetUrl
          ? 'The link works once, for 30 minutes. If you asked for nothing, ignore this mail: your password stays as it is.'
          : 'Ask for a link to choose one on this page:'}
      </Paragraph>
      <Action href={href} label={resetUrl ? 'Choose a new password' : 'Ask for a link'} />
      <PlainLink href={href} />
    </Layout>
  )
}

function Invitation({ variables, appUrl, invitationUrl }: Props) {
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
        <Paragraph>
          The link works once, for seven days. If you do not want to join, ignore this mail.
        </Paragraph>
      )}
      <Action href={href} label="Join" />
      <PlainLink href={href} />
    </Layout>
  )
}

const figures = [
  ['completed', 'Completed'],
  ['failed', 'Failed'],
  ['canceled', 'Canceled'],
] as const

function WeeklyDigest({ variables, appUrl, optOutUrl }: Props) {
  const name = lineOf(variables, 'name')
  const period = lineOf(variables, 'period')
  const summary = textOf(variables, 'summary')
  const rows = figures.flatMap(([variable, label]) => {
    const value = lineOf(variables, variable)
    return value === undefined ? [] : [{ label, value }]
  })
  const opening = name ? `Hello ${name},\nhere` : 'Here'
  return (
    <Layout
      preview={period ? `Your jobs of ${period}.` : 'Your jobs of the past week.'}
      title="Your week in jobs"
      appUrl={appUrl}
      reason="You get this mail once a week from"
      optOutUrl={optOutUrl}
    >
      <Paragraphs
        text={`${opening} is what your jobs did${period ? `, ${period}` : ' in the past week'}.`}
      />
      {rows.length > 0 && <Figures rows={rows} />}
      {summary && <Paragraphs text={summary} />}
      <Action href={linkOf(variables, 'url') ?? `${appUrl}/jobs`} label="See all jobs" />
    </Layout>
  )
}

function Notice({ variables, appUrl }: Props) {
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

/** What each mail is made with. */
export const components: Record<TemplateName, FunctionComponent<Props>> = {
  welcome: Welcome,
  'password-reset': PasswordReset,
  invitation: Invitation,
  'weekly-digest': WeeklyDigest,
  notice: Notice,
}

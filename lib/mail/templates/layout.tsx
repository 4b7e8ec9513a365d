import { Body } from '@react-email/body'
import { Container } from '@react-email/container'
import { Head } from '@react-email/head'
import { Heading } from '@react-email/heading'
import { Hr } from '@react-email/hr'
import { Html } from '@react-email/html'
import { Link } from '@react-email/link'
import { Preview } from '@react-email/preview'
import { Section } from '@react-email/section'
import { Text } from '@react-email/text'
import type { ReactNode } from 'react'
import { colours, darkStyles, styles } from './styles'

type LayoutProps = {
  /** What a mailbox shows after the subject. */
  preview: string
  title: string
  appUrl: string
  /** Why the reader got this mail. */
  reason: string
  optOutUrl?: string | undefined
  children: ReactNode
}

/** The frame of every mail: the name above, a card, the reason below; light and dark. */
export function Layout({ preview, title, appUrl, reason, optOutUrl, children }: LayoutProps) {
  return (
    <Html lang="en">
      <Head>
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{title}</title>
        {/* React leaves this text as it is, and it holds nothing from outside. */}
        <style>{darkStyles}</style>
      </Head>
      <Preview>{preview}</Preview>
      <Body style={styles.body} className="mr-body">
        <Container style={styles.container}>
          <Text style={styles.brand} className="mr-accent">
            Millrace
          </Text>
          <Section style={styles.card} className="mr-card">
            <Heading as="h1" style={styles.heading} className="mr-text">
              {title}
            </Heading>
            {children}
          </Section>
          <Hr style={styles.rule} className="mr-rule" />
          <Text style={styles.footer} className="mr-quiet">
            {reason}{' '}
            <Link href={appUrl} style={{ color: colours.quiet }} className="mr-quiet">
              {appUrl}
            </Link>
            {optOutUrl && (
              <>
                {' · '}
                <Link href={optOutUrl} style={{ color: colours.quiet }} className="mr-quiet">
                  Unsubscribe
                </Link>
              </>
            )}
          </Text>
        </Container>
      </Body>
    </Html>
  )
}

import { Button } from '@react-email/button'
import { Link } from '@react-email/link'
import { Text } from '@react-email/text'
import { Fragment, type ReactNode } from 'react'
import { styles } from './styles'

/** One paragraph per blank line; single line breaks are kept. */
export function Paragraphs({ text }: { text: string }) {
  return text.split(/\n{2,}/).map((paragraph, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: rendered once, in order
    <Paragraph key={index}>
      {paragraph.split('\n').map((line, number) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rendered once, in order
        <Fragment key={number}>
          {number > 0 && <br />}
          {line}
        </Fragment>
      ))}
    </Paragraph>
  ))
}

export function Paragraph({ children }: { children: ReactNode }) {
  return (
    <Text style={styles.text} className="mr-text">
      {children}
    </Text>
  )
}

export function Action({ href, label }: { href: string; label: string }) {
  return (
    <Button href={href} style={styles.button}>
      {label}
    </Button>
  )
}

/** For readers whose mail program shows no button. */
export function PlainLink({ href }: { href: string }) {
  return (
    <Text
      style={{ ...styles.quiet, margin: '20px 0 0' }}
      className="mr-quiet"
      data-skip-in-text="true"
    >
      Or open this address:{' '}
      <Link href={href} style={styles.link} className="mr-accent">
        {href}
      </Link>
    </Text>
  )
}

/** Rows of a label and a number. */
export function Figures({ rows }: { rows: { label: string; value: string }[] }) {
  return (
    <table style={styles.figures} data-text-format="dataTable">
      <tbody>
        {rows.map(({ label, value }) => (
          <tr key={label}>
            <th scope="row" style={styles.figureLabel} className="mr-quiet mr-rule">
              {label}
            </th>
            <td style={styles.figureValue} className="mr-text mr-rule">
              {value}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

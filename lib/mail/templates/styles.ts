import type { CSSProperties } from 'react'

export const colours = {
  page: '#f4f6f6',
  card: '#ffffff',
  text: '#1c2b2a',
  quiet: '#5b6b6a',
  rule: '#dde5e4',
  /** The console's teal; white on it has a contrast of 5.5 to 1. */
  accent: '#0f766e',
} as const

const font =
  "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"

/** Mail programs read style attributes reliably, and little else. */
export const styles = {
  body: { backgroundColor: colours.page, fontFamily: font, margin: 0, padding: '32px 12px' },
  container: { maxWidth: '560px', margin: '0 auto' },
  brand: {
    color: colours.accent,
    fontSize: '15px',
    fontWeight: 700,
    letterSpacing: '0.02em',
    margin: '0 0 16px 4px',
  },
  card: {
    backgroundColor: colours.card,
    border: `1px solid ${colours.rule}`,
    borderRadius: '12px',
    padding: '28px 32px 32px',
  },
  heading: { color: colours.text, fontSize: '22px', lineHeight: '30px', margin: '0 0 12px' },
  text: { color: colours.text, fontSize: '15px', lineHeight: '24px', margin: '0 0 16px' },
  quiet: { color: colours.quiet, fontSize: '13px', lineHeight: '20px', margin: '0 0 12px' },
  button: {
    backgroundColor: colours.accent,
    borderRadius: '8px',
    color: '#ffffff',
    display: 'inline-block',
    fontSize: '15px',
    fontWeight: 600,
    padding: '11px 20px',
    textDecoration: 'none',
  },
  link: { color: colours.accent, wordBreak: 'break-all' },
  figures: { borderCollapse: 'collapse', margin: '0 0 20px', width: '100%' },
  figureLabel: {
    borderBottom: `1px solid ${colours.rule}`,
    color: colours.quiet,
    fontSize: '14px',
    fontWeight: 400,
    padding: '9px 0',
    textAlign: 'left',
  },
  figureValue: {
    borderBottom: `1px solid ${colours.rule}`,
    color: colours.text,
    fontSize: '16px',
    fontWeight: 600,
    padding: '9px 0',
    textAlign: 'right',
  },
  rule: { borderColor: colours.rule, margin: '28px 4px 16px' },
  footer: { color: colours.quiet, fontSize: '12px', lineHeight: '18px', margin: '0 4px' },
} satisfies Record<string, CSSProperties>

export const darkStyles = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .mr-body, .mr-body > table > tbody > tr > td { background-color: #101817 !important; }
  .mr-card { background-color: #182322 !important; border-color: #2b3a38 !important; }
  .mr-text { color: #e6efee !important; }
  .mr-quiet { color: #9fb0ae !important; }
  .mr-accent { color: #5eead4 !important; }
  .mr-rule { border-color: #2b3a38 !important; }
}
`

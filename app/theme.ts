import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'

/** The one accent. White on shade 7 has a contrast of 5.9, shade 4 on the dark body 7.6. */
const tide: MantineColorsTuple = [
  '#eefaf8',
  '#d8f1ee',
  '#aee2dc',
  '#7ccfc6',
  '#4cb8ae',
  '#269c92',
  '#13827a',
  '#0b6b65',
  '#0a5651',
  '#08423f',
]

/** Danger, with shades that white text can be read on. */
const red: MantineColorsTuple = [
  '#fff5f5',
  '#ffe3e3',
  '#ffc9c9',
  '#ffa8a8',
  '#ff8787',
  '#f06565',
  '#e03131',
  '#c92a2a',
  '#b02525',
  '#8f1d1d',
]

/** Neutrals of the dark scheme, a breath of the accent in them. */
const dark: MantineColorsTuple = [
  '#d3dadc',
  '#b6bfc3',
  '#98a3a8',
  '#828d92',
  '#3a444a',
  '#2a3237',
  '#1c2326',
  '#14191b',
  '#101416',
  '#0b0e0f',
]

const systemFonts =
  'ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif, "Apple Color Emoji", "Segoe UI Emoji"'
const monospaceFonts =
  'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", "DejaVu Sans Mono", monospace'

/** Mantine's defaults, tightened: 14 px text, a grid of 4 px, hairlines instead of shadows. */
export const theme = createTheme({
  primaryColor: 'tide',
  colors: { tide, red, dark },
  primaryShade: { light: 7, dark: 7 },
  black: '#1b2124',
  autoContrast: true,
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily: systemFonts,
  fontFamilyMonospace: monospaceFonts,
  fontSizes: { xs: '12px', sm: '14px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '1.35', sm: '1.45', md: '1.45', lg: '1.5', xl: '1.4' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  radius: { xs: '2px', sm: '4px', md: '6px', lg: '8px', xl: '16px' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '22px', lineHeight: '1.3' },
      h2: { fontSize: '18px', lineHeight: '1.35' },
      h3: { fontSize: '16px', lineHeight: '1.4' },
      h4: { fontSize: '14px', lineHeight: '1.45' },
    },
  },
  // Plain objects: importing a component for its `extend` would load it on every page.
  components: {
    Anchor: { defaultProps: { underline: 'hover' } },
    Button: { styles: { label: { fontWeight: 550 } } },
    Input: { classNames: { input: 'app-input' } },
    InputWrapper: { styles: { label: { marginBottom: 4 }, description: { marginBottom: 2 } } },
  },
})

/**
 * Where Mantine's own neutrals miss a contrast of 4.5, darker or lighter ones; and the colours of
 * statuses: text on its surface has a contrast of at least 4.5 in both schemes.
 */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#5a646a',
    '--mantine-color-placeholder': '#687278',
    '--mantine-color-error': 'var(--mantine-color-red-8)',
    '--mantine-color-default-border': '#d5dadd',
    '--app-hairline': '#e3e7e9',
    '--app-surface': '#f7f9f9',
    '--app-hover': '#eef1f2',
    '--app-selected': '#e3efee',
    '--status-queued': '#535e64',
    '--status-queued-surface': '#eff2f3',
    '--status-active': '#175c9e',
    '--status-active-surface': '#e7f1fb',
    '--status-retrying': '#824d00',
    '--status-retrying-surface': '#fdf2dc',
    '--status-completed': '#1f6b36',
    '--status-completed-surface': '#e6f5ea',
    '--status-failed': '#b02525',
    '--status-failed-surface': '#fdecec',
  },
  dark: {
    '--mantine-color-placeholder': '#8b969b',
    '--mantine-color-error': 'var(--mantine-color-red-4)',
    '--mantine-color-anchor': 'var(--mantine-color-tide-3)',
    '--app-hairline': '#283034',
    '--app-surface': '#181e20',
    '--app-hover': '#20282b',
    '--app-selected': '#16302f',
    '--status-queued': '#a9b4b9',
    '--status-queued-surface': '#232b2f',
    '--status-active': '#7cb8f2',
    '--status-active-surface': '#17293b',
    '--status-retrying': '#efb95d',
    '--status-retrying-surface': '#33270f',
    '--status-completed': '#74cb8d',
    '--status-completed-surface': '#16301d',
    '--status-failed': '#ff9393',
    '--status-failed-surface': '#3a1c1c',
  },
})

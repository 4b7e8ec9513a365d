import { tabs } from '@/app/(console)/admin/tabs'
import { NAME_ICONS } from './names'

/** Height of the bar above Bull Board, in pixels. */
const BAR = 44

/**
 * Follows the colour scheme chosen in the application: before the first paint, so that nothing
 * flashes, and when another tab changes it.
 */
const FOLLOW_COLOR_SCHEME = `
(() => {
  const follow = () => {
    const chosen = localStorage.getItem('mantine-color-scheme-value') ?? 'auto'
    const kept = JSON.parse(localStorage.getItem('board-settings') ?? '{"state":{},"version":2}')
    kept.state.theme = chosen === 'auto' ? 'system' : chosen
    localStorage.setItem('board-settings', JSON.stringify(kept))
    const system = matchMedia('(prefers-color-scheme: dark)').matches
    document.body.classList.toggle('dark-mode', chosen === 'dark' || (chosen === 'auto' && system))
  }
  follow()
  addEventListener('storage', ({ key }) => {
    if (key === 'mantine-color-scheme-value') location.reload()
  })
})()
`

const STYLES = `
  :root { --header-offset: calc(var(--header-height) + ${BAR}px) !important; color-scheme: light }
  body.dark-mode { --header-offset: calc(var(--header-height) + ${BAR}px); color-scheme: dark }
  #root > header { box-sizing: border-box; padding-top: ${BAR}px !important }
  #root > header > a:first-child { height: var(--header-height) !important }
  #root > div[style] { background: var(--background) !important; color: var(--muted-foreground) !important }
  .app-bar { align-items: center; background: var(--sidebar); border-bottom: 1px solid var(--border);
    box-sizing: border-box; display: flex; font: 14px/1.45 var(--font-sans); gap: 4px; height: ${BAR}px;
    left: 0; overflow: auto hidden; padding: 0 16px; position: fixed; right: 0; scrollbar-width: none;
    top: 0; z-index: 100 }
  .app-bar a { align-items: center; border-radius: 4px; color: var(--foreground); display: flex; flex: none;
    gap: 8px; min-height: 32px; padding: 0 10px; text-decoration: none }
  .app-bar a:hover { background: var(--muted) }
  .app-bar a[aria-current] { background: var(--accent); font-weight: 550 }
  .app-bar a:first-child { font-weight: 650; margin-right: 8px; padding-left: 0 }
  .app-bar h1 { clip-path: inset(50%); height: 1px; margin: 0; overflow: hidden; position: absolute; width: 1px }
  #root small, #root [class^="description-"], #root [class^="nullValue-"] { color: var(--muted-foreground) !important; opacity: 1 !important }
  #root .hljs-title { color: var(--status-failed) !important }
`

const link = ({ href, label }: { href: string; label: string }) =>
  `<a href="${href}"${href === '/admin/queues' ? ' aria-current="page"' : ''}>${label}</a>`

const BAR_HTML = `
<nav class="app-bar" aria-label="Admin">
  <a href="/"><img src="/icon.svg" width="22" height="22" alt="">Millrace</a>
  <h1>Queues</h1>
  ${tabs.map(link).join('')}
</nav>
`

/** The way back into the application, and its look. */
export const frame = {
  head: `<style>${STYLES}</style>`,
  body: `<script>${FOLLOW_COLOR_SCHEME}</script>${BAR_HTML}<script>${NAME_ICONS}</script>`,
}

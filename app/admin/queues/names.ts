/**
 * Names what Bull Board leaves without a name for those who do not see it: buttons that are an icon
 * alone, by their icon; its logo, which stands beside its own name; and headings out of order.
 */
export const NAME_ICONS = `
(() => {
  const names = {
    'arrow-up-down': 'Change priority', clock: 'Reschedule', 'corner-up-left': 'Promote', files: 'Duplicate',
    'list-x': 'Remove children', maximize: 'Full screen', pencil: 'Change data', 'refresh-cw': 'Retry',
    settings: 'Settings', trash: 'Remove', 'trash-2': 'Remove',
  }
  const mend = () => {
    for (const button of document.querySelectorAll('button:not([aria-label])')) {
      const isRedis = button.querySelector('[class^="rds"]')
      if (!isRedis && (button.textContent.trim() || button.title)) continue
      const classes = [...(button.querySelector('svg')?.classList ?? [])]
      const icon = classes.find((name) => name.startsWith('lucide-'))?.slice(7)
      button.setAttribute('aria-label', isRedis ? 'Redis' : (names[icon] ?? 'Actions'))
    }
    for (const svg of document.querySelectorAll('svg[role="img"]:not([aria-label])')) {
      svg.setAttribute('aria-hidden', 'true')
    }
    for (const logo of document.querySelectorAll('#root > header img[alt]:not([alt=""])')) logo.alt = ''
    for (const title of document.querySelectorAll('h5:not([aria-level])')) {
      title.setAttribute('role', 'heading')
      title.setAttribute('aria-level', '2')
    }
  }
  new MutationObserver(mend).observe(document.body, { childList: true, subtree: true })
})()
`

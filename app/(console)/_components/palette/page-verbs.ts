import ui from '../ui/ui.module.css'

/** A button of the page that is shown. */
export type PageVerb = { label: string; press: () => void }

/** What can be done on the page as it stands: its buttons, without those of single rows. */
export function pageVerbs(): PageVerb[] {
  const buttons = document.querySelectorAll<HTMLElement>(`#content .${ui.button}`)
  const verbs = new Map<string, PageVerb>()
  for (const button of buttons) {
    const label = button.textContent.trim()
    const counts = button.checkVisibility() && !button.matches(':disabled')
    if (!counts || !label || verbs.has(label)) continue
    if (button.closest('tr, li, nav, dialog')) continue
    verbs.set(label, { label, press: () => button.click() })
  }
  return [...verbs.values()]
}

/** Presses what the page has for a key, or else its button that says so; false when it has neither. */
export function pressFor(key: string, label: string): boolean {
  const button = document.querySelector<HTMLElement>(`#content [aria-keyshortcuts="${key}"]`)
  const press = button
    ? () => button.click()
    : pageVerbs().find((verb) => verb.label === label)?.press
  press?.()
  return press !== undefined
}

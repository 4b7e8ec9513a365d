import list from '../list/list.module.css'
import { pressFor } from '../palette/page-verbs'

const BOX = 'input[type="checkbox"]'

/** The search of the page's list, where it has one. */
export function focusSearch(): boolean {
  const field = document.querySelector<HTMLInputElement>('#content input[aria-keyshortcuts="/"]')
  field?.focus()
  field?.select()
  return field !== null
}

/** The links that are the rows of the page's lists. */
function rowLinks(): HTMLElement[] {
  const links = document.querySelectorAll<HTMLElement>(
    `#content a.${list.title}, #content tbody th > a`,
  )
  return [...links].filter((link) => link.checkVisibility())
}

function rowAtFocus(): Element | null {
  return document.activeElement?.closest('#content :is(tbody tr, li)') ?? null
}

/** Moves the focus among the rows; false where there are none. */
export function moveBy(step: number): boolean {
  const links = rowLinks()
  const row = rowAtFocus()
  const at = row ? links.findIndex((link) => row.contains(link)) : -1
  const link = links[at === -1 && step < 0 ? links.length - 1 : at + step]
  link?.focus()
  link?.scrollIntoView({ block: 'nearest' })
  return links.length > 0
}

/** Selects the row that has the focus, or no longer; false where it has no box. */
export function selectRow(): boolean {
  const box = rowAtFocus()?.querySelector<HTMLInputElement>(BOX)
  box?.click()
  return box != null
}

/** Acts on the selected rows, or on the one that has the focus, or on what the page is about. */
export function actOnRows(key: string, label: string): boolean {
  const hasBoxes = document.querySelector(`#content tbody ${BOX}`)
  const isSelected = document.querySelector(`#content tbody ${BOX}:checked`)
  if (hasBoxes && !isSelected && !selectRow()) return false
  return pressFor(key, label)
}

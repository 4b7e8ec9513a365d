'use client'

import { useInBrowser } from '../time/ticker'

/** The event that asks for the palette: who opens it need not know where it is. */
export const OPEN_PALETTE = 'millrace:palette'

/** Opens the palette. */
export function openPalette(): void {
  window.dispatchEvent(new Event(OPEN_PALETTE))
}

/** The keys that open it, as they are written on the keyboard at hand. */
export function usePaletteKeys(): string {
  const isApple = useInBrowser() && /Mac|iPhone|iPad/.test(navigator.userAgent)
  return isApple ? '⌘ K' : 'Ctrl K'
}

/** The event that asks for the palette: who opens it need not know where it is. */
export const OPEN_PALETTE = 'millrace:palette'

/** Opens the palette. */
export function openPalette(): void {
  window.dispatchEvent(new Event(OPEN_PALETTE))
}

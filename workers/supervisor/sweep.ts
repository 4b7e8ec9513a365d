/** What a page of work showed, and where the next one begins; null: there is none. */
export type Page = { repaired: number; next: string | null }

/** One page of a section; `from` is null to begin, else the `next` of the page before. */
export type Section = (from: string | null) => Promise<Page>

export type Swept = {
  /** What was put right. */
  repaired: number
  /** The end was reached: the next sweep begins anew. */
  whole: boolean
}

export type Sweep = (mayGoOn: () => Promise<boolean>) => Promise<Swept>

/**
 * Goes through the pages of sections, one after the other, for as long as it may. The next call goes
 * on where this one stopped, so that all is looked at however much there is.
 */
export function createSweep(sections: readonly Section[]): Sweep {
  let place = 0
  let from: string | null = null
  return async (mayGoOn) => {
    let repaired = 0
    for (;;) {
      const page: Page | undefined = await sections[place]?.(from)
      repaired += page?.repaired ?? 0
      from = page?.next ?? null
      if (from === null) place += 1
      if (place >= sections.length) {
        place = 0
        return { repaired, whole: true }
      }
      if (!(await mayGoOn())) return { repaired, whole: false }
    }
  }
}

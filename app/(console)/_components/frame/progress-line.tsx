'use client'

import { usePathname, useSearchParams } from 'next/navigation'
import { useEffect, useSyncExternalStore } from 'react'
import classes from './frame.module.css'
import { followProgress, isUnderWay, navigationEnds, pageLeaves } from './progress'

/**
 * A line at the top while the server is waited for: a click shows at once that it was heard. Skeletons
 * (`loading.tsx`) would do so too, but hide a page from readers without scripts, and its status 404.
 */
export function ProgressLine() {
  const isShown = useSyncExternalStore(followProgress, isUnderWay, () => false)
  const path = usePathname()
  const search = useSearchParams()
  // biome-ignore lint/correctness/useExhaustiveDependencies: another address is another page
  useEffect(navigationEnds, [path, search])
  useEffect(() => {
    window.addEventListener('beforeunload', pageLeaves)
    return () => window.removeEventListener('beforeunload', pageLeaves)
  }, [])
  return isShown && <div role="progressbar" aria-label="Loading" className={classes.progress} />
}

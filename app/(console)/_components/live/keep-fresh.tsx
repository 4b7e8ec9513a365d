'use client'

import { useEffect } from 'react'
import { useRefresh } from './use-refresh'

/** As often as roll-ups change. */
const EVERY_MS = 10_000

/** Renders the page anew every few seconds while somebody looks at it. */
export function KeepFresh({ everyMs = EVERY_MS }: { everyMs?: number }) {
  const refresh = useRefresh()
  useEffect(() => {
    let isBusy = false
    const timer = setInterval(() => {
      if (isBusy || document.visibilityState !== 'visible') return
      isBusy = true
      refresh().finally(() => {
        isBusy = false
      })
    }, everyMs)
    return () => clearInterval(timer)
  }, [refresh, everyMs])
  return null
}

'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

/** Often enough for figures of minutes. */
const EVERY_MS = 10_000

/** Renders the page anew every few seconds while somebody looks at it. */
export function KeepFresh() {
  const router = useRouter()
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') router.refresh()
    }, EVERY_MS)
    return () => clearInterval(timer)
  }, [router])
  return null
}

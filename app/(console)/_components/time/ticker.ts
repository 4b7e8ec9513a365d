'use client'

import { useEffect, useState, useSyncExternalStore } from 'react'

const callbacks = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

/** One timer for every time on the page. */
function everySecond(callback: () => void): () => void {
  callbacks.add(callback)
  timer ??= setInterval(() => {
    if (document.visibilityState === 'visible') for (const each of callbacks) each()
  }, 1_000)
  return () => {
    callbacks.delete(callback)
    if (callbacks.size === 0) {
      clearInterval(timer)
      timer = undefined
    }
  }
}

/** What `make` answers for the present moment; renders again only when the answer changes. */
export function useEverySecond<T extends string>(make: (now: number) => T): T {
  const [, setText] = useState<T>()
  useEffect(() => everySecond(() => setText(make(Date.now()))), [make])
  return make(Date.now())
}

const never = () => () => undefined

/** False on the server and during hydration: what only the browser knows is not known yet. */
export function useInBrowser(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
}

'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { upload } from './upload'

/** A file of the form: on its way, stored, or refused. */
export type Upload = {
  key: string
  name: string
  /** Undefined for one that was stored before. */
  bytes?: number
  /** Shows it, also while it is on its way. */
  url: string
  /** Nothing while the server does not answer. */
  percent?: number | undefined
  /** Once it is stored. */
  id?: string
  error?: string
}

let keys = 0
function newKey(): string {
  keys += 1
  return `upload-${keys}`
}

/** Where the console shows a stored file. */
export const urlOf = (id: string) => `/api/v1/files/${id}/content?inline=1`

/**
 * The form's files; each is sent as soon as it is chosen.
 * @param stored those it begins with
 */
export function useUploads(stored: readonly { id: string; name: string }[]) {
  const [uploads, setUploads] = useState<Upload[]>(() =>
    stored.map(({ id, name }) => ({ key: id, id, name, url: urlOf(id) })),
  )
  const running = useRef(new Map<string, AbortController>())
  const isSending = uploads.some(({ id, error }) => !id && !error)

  useEffect(() => {
    const controllers = running.current
    return () => {
      for (const controller of controllers.values()) controller.abort()
    }
  }, [])

  // What is still on its way would be gone with the page: the browser asks before it leaves.
  useEffect(() => {
    if (!isSending) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [isSending])

  const add = useCallback((files: readonly File[]) => {
    for (const file of files) {
      const key = newKey()
      const change = (to: Partial<Upload>) =>
        setUploads((all) => all.map((each) => (each.key === key ? { ...each, ...to } : each)))
      const controller = new AbortController()
      running.current.set(key, controller)
      const { name, size: bytes } = file
      setUploads((all) => [
        ...all,
        { key, name, bytes, url: URL.createObjectURL(file), percent: 0 },
      ])
      upload(file, (percent) => change({ percent }), controller.signal).then((answer) => {
        running.current.delete(key)
        if (answer) change(answer)
      })
    }
  }, [])

  const remove = useCallback((keyOrId: string) => {
    running.current.get(keyOrId)?.abort()
    running.current.delete(keyOrId)
    setUploads((all) => all.filter(({ key, id }) => key !== keyOrId && id !== keyOrId))
  }, [])

  const refuse = useCallback((name: string, bytes: number, error: string) => {
    setUploads((all) => [...all, { key: newKey(), name, bytes, url: '', error }])
  }, [])

  return { uploads, isSending, add, remove, refuse }
}

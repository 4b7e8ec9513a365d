'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { upload } from './upload'

/** A file of the form: on its way, stored, or refused. */
export type Upload = {
  key: string
  name: string
  bytes: number
  /** Shows it, also while it is on its way. */
  url: string
  percent: number
  /** Once it is stored. */
  id?: string
  error?: string
}

let keys = 0

/** The form's files; each is sent as soon as it is chosen. */
export function useUploads() {
  const [uploads, setUploads] = useState<Upload[]>([])
  const running = useRef(new Map<string, AbortController>())

  const change = useCallback(
    (key: string, to: Partial<Upload>) =>
      setUploads((all) => all.map((each) => (each.key === key ? { ...each, ...to } : each))),
    [],
  )

  useEffect(() => {
    const controllers = running.current
    return () => {
      for (const controller of controllers.values()) controller.abort()
    }
  }, [])

  const add = useCallback(
    (files: readonly File[]) => {
      for (const file of files) {
        keys += 1
        const key = `upload-${keys}`
        const controller = new AbortController()
        running.current.set(key, controller)
        const { name, size } = file
        const url = URL.createObjectURL(file)
        setUploads((all) => [...all, { key, name, bytes: size, url, percent: 0 }])
        upload(file, (percent) => change(key, { percent }), controller.signal).then((answer) => {
          running.current.delete(key)
          change(key, 'id' in answer ? { ...answer, percent: 100 } : answer)
        })
      }
    },
    [change],
  )

  const remove = useCallback((keyOrId: string) => {
    running.current.get(keyOrId)?.abort()
    running.current.delete(keyOrId)
    setUploads((all) => all.filter(({ key, id }) => key !== keyOrId && id !== keyOrId))
  }, [])

  const refuse = useCallback((name: string, bytes: number, error: string) => {
    keys += 1
    const key = `upload-${keys}`
    setUploads((all) => [...all, { key, name, bytes, url: '', percent: 0, error }])
  }, [])

  return { uploads, add, remove, refuse }
}

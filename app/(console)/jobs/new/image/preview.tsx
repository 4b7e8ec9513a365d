'use client'

import { useDebouncedValue } from '@mantine/hooks'
import { useEffect, useRef, useState } from 'react'
import { propertyOf } from '@/app/_server/forms/write'
import { useLiveInput } from '@/app/form/live-input'
import type { ImageOperation } from '@/lib/jobs/types/image-input'
import form from '../new.module.css'
import { context, drawPreview } from './draw-preview'
import classes from './image.module.css'
import { readOperation } from './read-operation'

const PAUSE_MS = 150

/** The result as it will look, drawn by the browser. */
export function ImagePreview() {
  const { input, shown } = useLiveInput()
  const { url, name = '' } = shown ?? {}
  const canvas = useRef<HTMLCanvasElement>(null)
  const [state, setState] = useState<{ caption: string; problem?: string }>({ caption: '' })
  const [steps] = useDebouncedValue(propertyOf(input, 'operations'), PAUSE_MS)
  const pictures = useRef(new Map<string, Promise<ImageBitmap>>())

  useEffect(() => {
    if (!url) return
    let current = true
    show(url).catch(() => {
      if (current) setState({ caption: '', problem: 'This browser cannot show this image.' })
    })
    return () => {
      current = false
    }

    async function show(from: string) {
      const all: unknown[] = Array.isArray(steps) ? steps : []
      const operations = all.flatMap((step) => readOperation(step) ?? [])
      const drawn = await drawPreview(await load(from), operations, markOf)
      if (!current) return
      if (typeof drawn === 'string') return setState({ caption: '', problem: drawn })
      const target = canvas.current
      if (!target) return
      target.width = drawn.canvas.width
      target.height = drawn.canvas.height
      context(target).drawImage(drawn.canvas, 0, 0)
      setState({ caption: `${drawn.size.width} × ${drawn.size.height} pixels` })
    }

    async function markOf({ fileId, text }: Extract<ImageOperation, { type: 'watermark' }>) {
      return fileId ? load(`/api/v1/files/${fileId}/content?inline=1`) : text
    }

    function load(from: string): Promise<ImageBitmap> {
      const known = pictures.current.get(from)
      if (known) return known
      const loading = fetchPicture(from)
      pictures.current.set(from, loading)
      return loading
    }
  }, [url, steps])

  return (
    <section className={form.aside} aria-label="Preview">
      <p className={form.asideTitle}>Preview</p>
      <div className={classes.stage} data-empty={!url}>
        {url ? (
          <canvas
            ref={canvas}
            role="img"
            aria-label={`Preview of ${name}`}
            hidden={state.problem !== undefined}
          />
        ) : (
          <p>Choose an image to see what it will become.</p>
        )}
        {url && state.problem && <p role="alert">{state.problem}</p>}
      </div>
      {url && state.caption && (
        <p className={classes.caption}>
          {name} · {state.caption}
        </p>
      )}
    </section>
  )
}

/** Through an `img`, because the page may not fetch `blob:` addresses. */
async function fetchPicture(url: string): Promise<ImageBitmap> {
  const picture = new Image()
  picture.src = url
  await picture.decode()
  return createImageBitmap(picture)
}

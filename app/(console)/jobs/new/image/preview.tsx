'use client'

import { useDebouncedValue } from '@mantine/hooks'
import { useEffect, useRef, useState } from 'react'
import form from '../new.module.css'
import { context, drawPreview } from './draw-preview'
import classes from './image.module.css'
import { type ImageValues, readStep, type Step } from './image-values'

const PAUSE_MS = 150

type Props = { url: string | undefined; name: string; values: ImageValues }

/** The result as it will look, drawn by the browser. */
export function Preview({ url, name, values: typed }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [state, setState] = useState<{ caption: string; problem?: string }>({ caption: '' })
  const [values] = useDebouncedValue(typed, PAUSE_MS)
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
      const steps = values.steps.flatMap((step) => {
        const operation = readStep(step)
        return operation ? [{ step, operation }] : []
      })
      const drawn = await drawPreview(await load(from), steps, markOf)
      if (!current) return
      if (typeof drawn === 'string') return setState({ caption: '', problem: drawn })
      const target = canvas.current
      if (!target) return
      target.width = drawn.canvas.width
      target.height = drawn.canvas.height
      context(target).drawImage(drawn.canvas, 0, 0)
      setState({ caption: `${drawn.size.width} × ${drawn.size.height} pixels` })
    }

    async function markOf(step: Step) {
      if (step.type !== 'watermark') return undefined
      return step.file ? load(step.file.url) : step.text
    }

    function load(from: string): Promise<ImageBitmap> {
      const known = pictures.current.get(from)
      if (known) return known
      const loading = fetchPicture(from)
      pictures.current.set(from, loading)
      return loading
    }
  }, [url, values])

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

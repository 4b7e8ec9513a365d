'use client'

import { useDebouncedValue } from '@mantine/hooks'
import { useEffect, useRef, useState } from 'react'
import { propertyOf } from '@/app/_server/forms/write'
import { useLiveInput } from '@/app/form/generated/live-input'
import { context } from '@/app/form/picture/draw-preview'
import { usePictures } from '@/app/form/picture/use-pictures'
import form from '../new.module.css'
import classes from './image.module.css'

const PAUSE_MS = 150

/** The result as it will look, drawn by the browser. */
export function ImagePreview() {
  const { input, shown } = useLiveInput()
  const { url, name } = shown && 'url' in shown ? shown : { url: undefined, name: '' }
  const canvas = useRef<HTMLCanvasElement>(null)
  const [state, setState] = useState<{ caption: string; problem?: string }>({ caption: '' })
  const [steps] = useDebouncedValue(propertyOf(input, 'operations'), PAUSE_MS)
  const draw = usePictures()

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
      const drawn = await draw(from, Array.isArray(steps) ? steps : [])
      if (!current) return
      if (typeof drawn === 'string') return setState({ caption: '', problem: drawn })
      const target = canvas.current
      if (!target) return
      target.width = drawn.canvas.width
      target.height = drawn.canvas.height
      context(target).drawImage(drawn.canvas, 0, 0)
      setState({ caption: `${drawn.size.width} × ${drawn.size.height} pixels` })
    }
  }, [url, steps, draw])

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

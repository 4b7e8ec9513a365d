'use client'

import { TextInput } from '@mantine/core'
import { type PointerEvent, useEffect, useRef, useState } from 'react'
import { propertyOf, textFor } from '@/app/_server/forms/write'
import { useFormState } from '../action-form'
import classes from '../form.module.css'
import { context, type Drawn } from '../picture/draw-preview'
import { dragFrom, drawFrame, type Frame } from '../picture/frame'
import { usePictures } from '../picture/use-pictures'
import { useLiveInput } from './live-input'
import type { Placed } from './placed'

/** How near to a corner the mouse takes hold of it, in pixels of the screen. */
const REACH = 14

/** What of a picture stays: dragged on the picture as the steps before leave it, or given in figures. */
export function CropField({ sides }: { sides: readonly Placed[] }) {
  const { status, values, errors } = useFormState()
  const { refresh } = useLiveInput()
  const canvas = useRef<HTMLCanvasElement>(null)
  const drag = useRef<(to: { x: number; y: number }) => Frame>(undefined)
  const [texts, setTexts] = useState<Record<string, string>>(() =>
    Object.fromEntries(
      sides.map(({ field, name, value }) => [
        field.name,
        (status === 'failed' ? values[name] : undefined) ?? textFor(field, value),
      ]),
    ),
  )
  const picture = usePictureBefore(sides[0]?.name ?? '')
  const frame = frameOf(texts)

  useEffect(() => refresh(texts), [texts, refresh])
  useEffect(() => {
    if (!picture || !canvas.current) return
    const { width, height } = picture.canvas
    Object.assign(canvas.current, { width, height })
    const pen = context(canvas.current)
    pen.drawImage(picture.canvas, 0, 0)
    const chosen = frameOf(texts)
    if (chosen) drawFrame(pen, chosen, width / picture.size.width)
  }, [picture, texts])

  /** Where the mouse is, and how many of the picture's pixels one of the screen is. */
  function placeOf({ clientX, clientY, currentTarget }: PointerEvent) {
    const { left, top, width } = currentTarget.getBoundingClientRect()
    const scale = (picture?.size.width ?? 0) / width
    return { at: { x: (clientX - left) * scale, y: (clientY - top) * scale }, scale }
  }

  function take(event: PointerEvent<HTMLCanvasElement>) {
    if (!picture) return
    event.currentTarget.setPointerCapture(event.pointerId)
    const { at, scale } = placeOf(event)
    drag.current = dragFrom(at, frame, picture.size, REACH * scale)
  }

  function move(event: PointerEvent<HTMLCanvasElement>) {
    const to = drag.current?.(placeOf(event).at)
    if (!to) return
    setTexts(Object.fromEntries(Object.entries(to).map(([side, value]) => [side, String(value)])))
  }

  const leave = () => {
    drag.current = undefined
  }

  return (
    <>
      {picture && (
        <div className={classes.crop}>
          <p>Drag on the picture: what is inside the frame stays.</p>
          <canvas
            ref={canvas}
            role="img"
            aria-label="The picture to crop"
            onPointerDown={take}
            onPointerMove={move}
            onPointerUp={leave}
            onPointerCancel={leave}
          />
        </div>
      )}
      {sides.map(({ field, name }) => (
        <TextInput
          key={name}
          name={name}
          label={field.label}
          type="number"
          min={0}
          rightSection="px"
          rightSectionPointerEvents="none"
          error={errors[name]}
          value={texts[field.name]}
          onChange={(event) => setTexts({ ...texts, [field.name]: event.currentTarget.value })}
          className={classes.short}
        />
      ))}
    </>
  )
}

/** The chosen picture as the steps before the one with this field leave it. */
function usePictureBefore(name: string): Drawn | undefined {
  const { input, shown } = useLiveInput()
  const draw = usePictures()
  const [drawn, setDrawn] = useState<Drawn>()
  const url = shown && 'url' in shown ? shown.url : undefined
  const place = Number(name.split('.').at(-2))
  const all = propertyOf(input, 'operations')
  const steps = JSON.stringify(Array.isArray(all) ? all.slice(0, place) : [])

  useEffect(() => {
    let isCurrent = true
    const show = (made: Drawn | string | undefined) => {
      if (isCurrent) setDrawn(typeof made === 'object' ? made : undefined)
    }
    if (url) draw(url, JSON.parse(steps)).then(show, () => show(undefined))
    else show(undefined)
    return () => {
      isCurrent = false
    }
  }, [url, steps, draw])

  return drawn
}

function frameOf(texts: Record<string, string>): Frame | undefined {
  const [left, top, width, height] = ['left', 'top', 'width', 'height'].map((side) =>
    texts[side]?.trim() ? Number(texts[side]) : Number.NaN,
  )
  const frame = { left: left ?? 0, top: top ?? 0, width: width ?? 0, height: height ?? 0 }
  return Object.values(frame).every((value) => value >= 0) && width && height ? frame : undefined
}

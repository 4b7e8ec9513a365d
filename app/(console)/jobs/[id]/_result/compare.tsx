'use client'

import { useState } from 'react'
import ui from '../../../_components/ui/ui.module.css'
import classes from './result.module.css'

export type Picture = { url: string; width: number; height: number; caption: string }

/** Two pictures on each other, with a slider between them. */
export function Compare({ made, original }: { made: Picture; original: Picture }) {
  const [share, setShare] = useState(50)
  return (
    <figure className={classes.figure}>
      <div
        className={classes.stage}
        style={{
          aspectRatio: `${made.width} / ${made.height}`,
          maxWidth: `min(100%, ${made.width}px, ${(560 * made.width) / made.height}px)`,
        }}
      >
        {/* biome-ignore lint/performance/noImgElement: a private file, shown as it is */}
        <img src={made.url} alt="Result" />
        {/* biome-ignore lint/performance/noImgElement: a private file, shown as it is */}
        <img
          src={original.url}
          alt="Original"
          style={{ clipPath: `inset(0 ${100 - share}% 0 0)` }}
        />
        <span className={classes.line} style={{ left: `${share}%` }} aria-hidden />
        <input
          type="range"
          min={0}
          max={100}
          value={share}
          aria-label="How much of the original is shown"
          aria-valuetext={`${share} % original`}
          onChange={(event) => setShare(Number(event.currentTarget.value))}
        />
      </div>
      <figcaption className={`${ui.line} ${ui.note}`}>
        <span>
          <strong>Original</strong> {original.caption}
        </span>
        <span>
          <strong>Result</strong> {made.caption}
        </span>
      </figcaption>
    </figure>
  )
}

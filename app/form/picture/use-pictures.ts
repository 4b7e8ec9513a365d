'use client'

import { useCallback, useRef } from 'react'
import { urlOf } from '../uploads/use-uploads'
import { drawPreview } from './draw-preview'
import { readOperation } from './read-operation'

/** Draws pictures as steps leave them; each picture is loaded once. */
export function usePictures() {
  const pictures = useRef(new Map<string, Promise<ImageBitmap>>())
  return useCallback(async (url: string, steps: readonly unknown[]) => {
    function load(from: string): Promise<ImageBitmap> {
      const loading = pictures.current.get(from) ?? fetchPicture(from)
      pictures.current.set(from, loading)
      return loading
    }
    const operations = steps.flatMap((step) => readOperation(step) ?? [])
    return drawPreview(await load(url), operations, async ({ fileId, text }) =>
      fileId ? load(urlOf(fileId)) : text,
    )
  }, [])
}

/** Through an `img`, because the page may not fetch `blob:` addresses. */
async function fetchPicture(url: string): Promise<ImageBitmap> {
  const picture = new Image()
  picture.src = url
  await picture.decode()
  return createImageBitmap(picture)
}

import { z } from 'zod'
import { formHints } from '../form-hints'
import { fits, gravities, MAX_SIDE, MAX_TEXT, VISIBLE } from './image-choices'

const side = (title: string) =>
  z
    .int({ error: 'Expected a whole number of pixels' })
    .min(1, { error: 'Expected at least 1 pixel' })
    .max(MAX_SIDE, { error: `Expected at most ${MAX_SIDE} pixels` })
    .meta({ title })
    .register(formHints, { unit: 'px' })

const offset = (title: string) =>
  z
    .int({ error: 'Expected a whole number of pixels' })
    .min(0, { error: 'Expected 0 or more pixels' })
    .max(100_000, { error: 'Expected at most 100000 pixels' })
    .meta({ title })
    .register(formHints, { unit: 'px' })

const cropped = { unit: 'px', widget: 'crop' } as const

const fitLabels = {
  cover: 'Fill it, cutting what is over',
  contain: 'Fit inside, filling the rest',
  inside: 'Fit inside',
  outside: 'Cover it, without cutting',
  fill: 'Stretch',
}

const placeLabels = {
  northwest: 'top left',
  north: 'top',
  northeast: 'top right',
  west: 'left',
  center: 'middle',
  east: 'right',
  southwest: 'bottom left',
  south: 'bottom',
  southeast: 'bottom right',
}

const resize = z.strictObject({
  type: z.literal('resize'),
  width: side('Width'),
  height: side('Height').optional().register(formHints, { placeholder: 'auto' }),
  fit: z
    .enum(fits)
    .default('cover')
    .meta({ title: 'Fit' })
    .register(formHints, { labels: fitLabels, shownIf: { height: true } }),
})

const crop = z.strictObject({
  type: z.literal('crop'),
  left: offset('From left').register(formHints, cropped),
  top: offset('From top').register(formHints, cropped),
  width: side('Width').register(formHints, cropped),
  height: side('Height').register(formHints, cropped),
})

const watermark = z
  .strictObject({
    type: z.literal('watermark'),
    text: z
      .string()
      .max(MAX_TEXT, { error: `Expected at most ${MAX_TEXT} characters` })
      .regex(VISIBLE, { error: 'Expected some visible text' })
      .optional()
      .meta({ title: 'Text' })
      .register(formHints, { placeholder: '© Ann', shownIf: { fileId: false } }),
    fileId: z
      .uuid({ error: 'Expected the id of an uploaded image' })
      .optional()
      .meta({ title: 'Or an image' })
      .register(formHints, { record: 'file' }),
    gravity: z
      .enum(gravities)
      .default('southeast')
      .meta({ title: 'Place' })
      .register(formHints, { labels: placeLabels }),
  })
  .refine(({ text, fileId }) => (text === undefined) !== (fileId === undefined), {
    path: ['text'],
    error: 'Expected either text or fileId',
  })

export const imageOperation = z
  .discriminatedUnion('type', [resize, crop, watermark])
  .meta({ title: 'Step' })
export type ImageOperation = z.output<typeof imageOperation>

const formatLabels = {
  '': 'As the original',
  webp: 'WebP',
  avif: 'AVIF',
  jpeg: 'JPEG',
  png: 'PNG',
}

/** What an image job is asked to do. */
export const imageInput = z
  .strictObject({
    fileId: z
      .uuid({ error: 'Expected the id of an uploaded image' })
      .meta({ title: 'Image' })
      .register(formHints, { record: 'file', each: true }),
    operations: z
      .array(imageOperation)
      .max(20, { error: 'Expected at most 20 operations' })
      .meta({ title: 'Steps' }),
    format: z
      .enum(['webp', 'avif', 'jpeg', 'png'])
      .optional()
      .meta({ title: 'Format' })
      .register(formHints, { labels: formatLabels }),
    quality: z
      .int()
      .min(1)
      .max(100)
      .optional()
      .meta({
        title: 'Quality',
      })
      .register(formHints, {
        placeholder: 'usual',
        shownIf: { format: ['', 'webp', 'avif', 'jpeg'] },
      }),
  })
  .meta({
    examples: [
      {
        fileId: '019b2f4e-7a10-7c3e-9d41-5b8f0e6a2c03',
        operations: [
          { type: 'resize', width: 800 },
          { type: 'watermark', text: '© Ann', gravity: 'southeast' },
        ],
        format: 'webp',
        quality: 85,
      },
    ],
  })
  .register(formHints, {
    start: { operations: [{ type: 'resize', width: 800 }], format: 'webp', quality: 85 },
  })
export type ImageInput = z.output<typeof imageInput>

import { z } from 'zod'
import { fits, gravities, MAX_SIDE, MAX_TEXT, VISIBLE } from './image-choices'

const side = (title: string) =>
  z
    .int({ error: 'Expected a whole number of pixels' })
    .min(1, { error: 'Expected at least 1 pixel' })
    .max(MAX_SIDE, { error: `Expected at most ${MAX_SIDE} pixels` })
    .meta({ title })

const offset = (title: string) =>
  z
    .int({ error: 'Expected a whole number of pixels' })
    .min(0, { error: 'Expected 0 or more pixels' })
    .max(100_000, { error: 'Expected at most 100000 pixels' })
    .meta({ title })

const resize = z.strictObject({
  type: z.literal('resize'),
  width: side('Width'),
  height: side('Height').optional(),
  fit: z.enum(fits).default('cover'),
})

const crop = z.strictObject({
  type: z.literal('crop'),
  left: offset('Left'),
  top: offset('Top'),
  width: side('Width'),
  height: side('Height'),
})

const watermark = z
  .strictObject({
    type: z.literal('watermark'),
    text: z
      .string()
      .max(MAX_TEXT, { error: `Expected at most ${MAX_TEXT} characters` })
      .regex(VISIBLE, { error: 'Expected some visible text' })
      .optional(),
    fileId: z
      .uuid({ error: 'Expected the id of an uploaded image' })
      .optional()
      .meta({ title: 'Image', 'x-record': 'file' }),
    gravity: z.enum(gravities).default('southeast'),
  })
  .refine(({ text, fileId }) => (text === undefined) !== (fileId === undefined), {
    path: ['text'],
    error: 'Expected either text or fileId',
  })

export const imageOperation = z
  .discriminatedUnion('type', [resize, crop, watermark])
  .meta({ title: 'Operation' })
export type ImageOperation = z.output<typeof imageOperation>

/** What an image job is asked to do. */
export const imageInput = z
  .strictObject({
    fileId: z
      .uuid({ error: 'Expected the id of an uploaded image' })
      .meta({ title: 'Image', 'x-record': 'file' }),
    operations: z
      .array(imageOperation)
      .max(20, { error: 'Expected at most 20 operations' })
      .meta({ title: 'Operations' }),
    format: z.enum(['webp', 'avif', 'jpeg', 'png']).optional().meta({ title: 'Format' }),
    quality: z.int().min(1).max(100).optional().meta({ title: 'Quality' }),
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
export type ImageInput = z.output<typeof imageInput>

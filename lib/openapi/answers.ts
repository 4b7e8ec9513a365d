import { z } from 'zod'
import type { Answer } from './operation'

/** One thing under its own name: `{ "job": … }`. */
export function one<Name extends string>(
  name: Name,
  schema: z.ZodType,
  example: unknown,
  description: string,
): Answer {
  return { description, schema: z.object({ [name]: schema }), example: { [name]: example } }
}

/** One page of a list: `{ "data": […], "nextCursor": … }`. */
export function pageOf(schema: z.ZodType, example: unknown, description: string): Answer {
  return {
    description,
    schema: z.object({
      data: z.array(schema),
      nextCursor: z
        .string()
        .nullable()
        .meta({ description: 'Send it as `cursor` for the next page; null on the last.' }),
    }),
    example: { data: [example], nextCursor: null },
  }
}

/** Where what was made is found. */
export const location = { Location: 'The address of what was made.' }

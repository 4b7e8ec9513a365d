import { z } from 'zod'
import type { Page } from '@/lib/db/page'
import { jobViewSchema } from '@/lib/jobs/view'
import { exampleJob } from './examples'
import type { Answer } from './operation'

type JsonAnswer<Schema extends z.ZodType> = Answer<Schema> & { schema: Schema }

/** A JSON object with these fields. */
export function object<Shape extends z.ZodRawShape>(
  shape: Shape,
  example: z.output<z.ZodObject<Shape>>,
  description: string,
): JsonAnswer<z.ZodObject<Shape>> {
  return { description, schema: z.object(shape), example }
}

/** One page of a list: `{ "data": […], "nextCursor": … }`. */
export function pageOf<Schema extends z.ZodType>(
  item: Schema,
  example: z.output<Schema>,
  description: string,
) {
  const nextCursor = z
    .string()
    .nullable()
    .meta({ description: 'Send it as `cursor` to get the next page; null on the last page.' })
  const schema = z.object({ data: z.array(item), nextCursor })
  return { description, schema, example: { data: [example], nextCursor: null } }
}

/** A page of records as the API shows them. */
export function shown<Row, View>({ data, nextCursor }: Page<Row>, view: (row: Row) => View) {
  return { data: data.map(view), nextCursor }
}

/** A job. */
export const job = (description: string) =>
  object({ job: jobViewSchema }, { job: exampleJob }, description)

/** A job that the call created, with its address. */
export const newJob = (description: string) => ({
  ...job(description),
  location: (body: { job: { id: string } }) => `/api/v1/jobs/${body.job.id}`,
})

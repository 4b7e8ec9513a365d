import type { z } from 'zod'
import type { Scope } from '@/lib/access/scopes'
import type { Authenticated } from '@/lib/access/viewer'

export type Method = 'GET' | 'HEAD' | 'POST' | 'PATCH' | 'DELETE'

/** What a call answers when it succeeds. */
export type Answer<Schema extends z.ZodType = z.ZodType> = {
  description: string
  /** Absent where the answer has no JSON body. */
  schema?: Schema
  example?: z.output<Schema>
  /** Default `application/json`. */
  contentType?: string
  /** Headers worth knowing, each with what it says. */
  headers?: Record<string, string>
  /** The address of what was made, sent as `Location`. */
  location?(body: z.output<Schema>): string
}

type Answers = Record<number, Answer>

type BodyOf<A extends Answers> = {
  [Status in keyof A]: A[Status] extends { schema: infer Schema extends z.ZodType }
    ? z.output<Schema>
    : never
}[keyof A]

/** A body with a status of its own, for calls that have several. */
export class Reply<Body> {
  constructor(
    readonly status: number,
    readonly body: Body,
  ) {}
}

/** A body, sent with the only status the call declares; or a finished response, such as a stream. */
type Result<Body> = Body | Reply<Body> | Response | Promise<Body | Reply<Body> | Response>

/** One request, as its handler gets it. */
type Call<Query extends z.ZodObject, Body extends z.ZodType> = {
  request: Request
  /** What the path has in place of `{id}`; empty where it has none. */
  id: string
  query: z.output<Query>
  /** Reads and checks the JSON body. */
  body(): Promise<z.output<Body>>
}

/** The scope an API key needs and what is done with a request; `public` calls have no viewer. */
type Handling<C, R> =
  | { scope: Scope; handle(call: C & { viewer: Authenticated }): R }
  | { scope: 'public'; handle(call: C): R }

type Declaration<Query extends z.ZodObject, Body extends z.ZodType, A extends Answers, R> = {
  /** A few words. */
  summary: string
  description?: string
  query?: Query
  /** Request headers beside `Authorization`, each with its meaning. */
  headers?: Record<string, string>
  body?: {
    schema: Body
    /** By name. A test sends each of them, with real ids in place of the known ones. */
    examples: Record<string, { summary?: string; value: unknown }>
    /** Default `application/json`. */
    contentType?: string
    maxBytes?: number
  }
  /** By status. */
  answers: A
  /** What may go wrong besides what follows from scope, path and body, by status. */
  errors?: Record<number, string>
} & Handling<Call<Query, Body>, R>

type Described = { method: Method; path: string } & Declaration<
  z.ZodObject,
  z.ZodType,
  Answers,
  unknown
>

/** Groups of the OpenAPI document and the page that shows it. */
type Tag =
  | 'Jobs'
  | 'Batches'
  | 'Schedules'
  | 'Files'
  | 'Webhook endpoints'
  | 'Live'
  | 'Accounts'
  | 'Service'

/** One call of the HTTP API: its route, its checks, its documentation and its tests are made from this. */
export type Operation = Described & {
  /** The name of its function in generated clients. */
  id: string
  tag: Tag
}

/**
 * Declares a call. An id in the path follows the name of its collection: `/api/v1/jobs/{id}/cancel`.
 * @example operation('GET', '/api/v1/jobs/{id}', { scope: 'jobs:read', …, handle: async ({ viewer, id }) => … })
 */
export function operation<
  A extends Answers,
  Query extends z.ZodObject = z.ZodObject,
  Body extends z.ZodType = z.ZodType,
>(
  method: Method,
  path: `/api/${string}`,
  declaration: Declaration<Query, Body, A, Result<BodyOf<A>>>,
): Described {
  return { method, path, ...declaration }
}

/** Calls of one group, by the name that generated clients give them. */
export function tagged(tag: Tag, calls: Record<string, Described>): Operation[] {
  return Object.entries(calls).map(([id, call]) => ({ id, tag, ...call }))
}

import type { z } from 'zod'
import type { Scope } from '@/lib/auth/scopes'

type Example = { summary?: string; value: unknown }

/** What a call answers when it succeeds. */
export type Answer = {
  description: string
  /** Absent where the answer has no JSON body. */
  schema?: z.ZodType
  example?: unknown
  /** Default `application/json`. */
  contentType?: string
  /** Names of headers that matter, each with what it says. */
  headers?: Record<string, string>
}

/** One call of the HTTP API: what its entry in the OpenAPI document is made from. */
export type Operation = {
  /** Name of the function that generated clients have for it. */
  id: string
  method: 'GET' | 'HEAD' | 'POST' | 'PATCH' | 'DELETE'
  /** As in `/api/v1/jobs/{id}`. */
  path: string
  tag:
    | 'Jobs'
    | 'Batches'
    | 'Schedules'
    | 'Files'
    | 'Webhook endpoints'
    | 'Live'
    | 'Accounts'
    | 'Service'
  /** A few words. */
  summary: string
  description?: string
  /** What an API key needs; `public` where nobody has to say who they are. */
  scope: Scope | 'public'
  query?: z.ZodObject
  /** Request headers beside `Authorization`, each with what it means. */
  headers?: Record<string, string>
  body?: {
    schema: z.ZodType
    /** By name; each is sent in a test, in which known ids are replaced by real ones. */
    examples: Record<string, Example>
    /** Default `application/json`. */
    contentType?: string
  }
  /** By status. */
  answers: Record<number, Answer>
  /** What may go wrong besides what follows from scope, path and body: status and when. */
  errors?: Record<number, string>
}

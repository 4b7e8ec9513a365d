import type { FieldIssue } from '@/lib/errors/app-error'

/** What the form holds, as typed. */
export type WebhookValues = {
  /** The id of an endpoint; empty: the URL. */
  endpointId: string
  url: string
  event: string
  /** JSON. */
  payload: string
  /** A header a line, `Name: value`. */
  headers: string
}

export const emptyWebhook: WebhookValues = {
  endpointId: '',
  url: '',
  event: 'order.created',
  payload: '{\n  "orderId": "A-1001",\n  "total": 42.5\n}',
  headers: '',
}

type Input = {
  endpointId?: string
  url?: string
  event: string
  payload: unknown
  headers?: Record<string, string>
}

/** The input of the job, or what of it cannot be sent to the server as it is. */
type Sendable = { input: Input; issues?: undefined } | { input?: undefined; issues: FieldIssue[] }

/** Reads what was typed. */
export function sendable(values: WebhookValues): Sendable {
  const payload = parsePayload(values.payload)
  const headers = parseHeaders(values.headers)
  const issues = [...payload.issues, ...headers.issues]
  if (issues.length > 0) return { issues }
  const { endpointId, url, event } = values
  return {
    input: {
      ...(endpointId ? { endpointId } : { url: url.trim() }),
      event: event.trim(),
      payload: payload.value,
      ...(Object.keys(headers.value).length > 0 ? { headers: headers.value } : {}),
    },
  }
}

function parsePayload(text: string): { value: unknown; issues: FieldIssue[] } {
  try {
    return { value: JSON.parse(text), issues: [] }
  } catch (error) {
    const reason = error instanceof Error ? `: ${error.message}` : ''
    const issue = { path: 'input.payload', message: `This is not JSON${reason}` }
    return { value: null, issues: [issue] }
  }
}

function parseHeaders(text: string) {
  const value: Record<string, string> = {}
  for (const line of text.split('\n').filter((each) => each.trim())) {
    const colon = line.indexOf(':')
    const name = line.slice(0, Math.max(0, colon)).trim()
    const content = line.slice(colon + 1).trim()
    if (!name || /\s/.test(name)) {
      const message = `Expected a line like X-Team: blue, not “${line.trim()}”`
      return { value, issues: [{ path: 'input.headers', message }] }
    }
    value[name] = content
  }
  return { value, issues: [] }
}

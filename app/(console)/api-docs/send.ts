import type { Call } from './try-it'

/** What came back, to be read. */
export type Answered = { summary: string; text: string; failed: boolean }

/** Longer answers are cut, in characters. */
const LIMIT = 20_000

/** Sends a call with what was typed; a request that fails is an answer too. */
export async function send(call: Call, form: FormData): Promise<Answered> {
  const started = performance.now()
  try {
    const response = await fetch(addressOf(call, form), {
      method: call.method,
      ...(call.hasFile ? { body: form } : {}),
      ...(call.body
        ? { headers: { 'content-type': 'application/json' }, body: String(form.get('body')) }
        : {}),
    })
    const text = await textOf(response)
    const took = Math.round(performance.now() - started)
    const location = response.headers.get('location')
    const summary = `${response.status} ${response.statusText} in ${took} ms${location ? ` · ${location}` : ''}`
    return { summary, text, failed: !response.ok }
  } catch {
    return { summary: 'The server did not answer. Try again in a moment.', text: '', failed: true }
  }
}

function addressOf({ path, query }: Call, form: FormData): string {
  const typed = (name: string) => String(form.get(name) ?? '').trim()
  const given = query.map((name) => [name, typed(name)]).filter(([, value]) => value)
  const address = path.replace('{id}', encodeURIComponent(typed('id')))
  return given.length > 0 ? `${address}?${new URLSearchParams(given)}` : address
}

async function textOf(response: Response): Promise<string> {
  const type = response.headers.get('content-type') ?? ''
  if (!type.includes('json')) {
    const { size } = await response.blob()
    return size > 0 ? `${size} bytes of ${type}` : ''
  }
  const text = JSON.stringify(await response.json(), null, 2)
  return text.length > LIMIT ? `${text.slice(0, LIMIT)}…` : text
}

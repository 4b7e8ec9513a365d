import { propertyOf } from '@/app/_server/forms/write'

/** The file's id, or why the server refuses it. */
export type Answer = { id: string } | { error: string }

/** Longest pause before the next try. */
const MOST_MS = 10_000

/**
 * Uploads a file, however often the connection is lost on the way.
 * @param onProgress is told how far it is, from 0 to 100; nothing while the server does not answer
 * @returns nothing once `signal` is aborted
 */
export async function upload(
  file: File,
  onProgress: (percent: number | undefined) => void,
  signal: AbortSignal,
): Promise<Answer | undefined> {
  for (let pause = 1_000; !signal.aborted; pause = Math.min(pause * 2, MOST_MS)) {
    const answer = await send(file, onProgress, signal)
    if (answer || signal.aborted) return answer
    onProgress(undefined)
    await online(pause)
  }
  return undefined
}

/** Resolves after a pause, or when the browser has found a network again. */
function online(pause: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, pause)
    window.addEventListener('online', () => resolve(), { once: true })
  })
}

/** Sends it once and tells how far it is; `fetch` could not. Nothing when nobody answers. */
function send(
  file: File,
  onProgress: (percent: number) => void,
  signal: AbortSignal,
): Promise<Answer | undefined> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    request.upload.onprogress = ({ loaded, total }) => onProgress((loaded / total) * 100)
    request.onload = () => resolve(read(request))
    request.onerror = () => resolve(undefined)
    request.onabort = () => resolve(undefined)
    signal.addEventListener('abort', () => request.abort())
    const form = new FormData()
    form.append('file', file)
    request.open('POST', '/api/v1/files')
    request.send(form)
  })
}

/** The file's id; or the first field's message of a problem, else its one sentence. */
function read({ status, responseText }: XMLHttpRequest): Answer | undefined {
  if (status >= 502 && status <= 504) return undefined
  const answer = parse(responseText)
  const id = propertyOf(propertyOf(answer, 'file'), 'id')
  if (typeof id === 'string') return { id }
  const errors = propertyOf(answer, 'errors')
  const message = propertyOf(Array.isArray(errors) ? errors[0] : undefined, 'message')
  const reason = message ?? propertyOf(answer, 'detail')
  return { error: typeof reason === 'string' ? reason : 'This file was not accepted.' }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

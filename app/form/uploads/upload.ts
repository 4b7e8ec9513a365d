import type { FileView } from '@/lib/files/view'

type Answer = { file: Pick<FileView, 'id' | 'name' | 'width' | 'height'> } | { error: string }

const AWAY = 'The upload was interrupted. Check the connection and try again.'

/**
 * Sends a file and tells how far it is; `fetch` could not.
 * @param onProgress from 0 to 100
 */
export function upload(
  file: File,
  onProgress: (percent: number) => void,
  signal: AbortSignal,
): Promise<Answer> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    request.upload.onprogress = ({ loaded, total }) => onProgress((loaded / total) * 100)
    request.onload = () => resolve(read(request.responseText))
    request.onerror = () => resolve({ error: AWAY })
    request.onabort = () => resolve({ error: AWAY })
    signal.addEventListener('abort', () => request.abort())
    const form = new FormData()
    form.append('file', file)
    request.open('POST', '/api/v1/files')
    request.send(form)
  })
}

function read(text: string): Answer {
  const answer = parse(text)
  if (isRecord(answer) && isRecord(answer.file)) {
    const { id, name, width, height } = answer.file
    if (typeof id === 'string' && typeof name === 'string') {
      return { file: { id, name, width: numberOrNull(width), height: numberOrNull(height) } }
    }
  }
  return { error: reasonOf(answer) }
}

/** The first field's message of a problem, else its one sentence. */
function reasonOf(answer: unknown): string {
  if (!isRecord(answer)) return AWAY
  const first: unknown = Array.isArray(answer.errors) ? answer.errors[0] : undefined
  if (isRecord(first) && typeof first.message === 'string') return first.message
  return typeof answer.detail === 'string' ? answer.detail : AWAY
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function numberOrNull(value: unknown): number | null {
  return typeof value === 'number' ? value : null
}

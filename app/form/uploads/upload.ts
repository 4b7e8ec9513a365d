import { propertyOf } from '@/app/_server/forms/write'

type Answer = { id: string } | { error: string }

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

/** The file's id; or the first field's message of a problem, else its one sentence. */
function read(text: string): Answer {
  const answer = parse(text)
  const id = propertyOf(propertyOf(answer, 'file'), 'id')
  if (typeof id === 'string') return { id }
  const errors = propertyOf(answer, 'errors')
  const message = propertyOf(Array.isArray(errors) ? errors[0] : undefined, 'message')
  const reason = message ?? propertyOf(answer, 'detail')
  return { error: typeof reason === 'string' ? reason : AWAY }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

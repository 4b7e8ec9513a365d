import type { Operation } from '@/app/_api/operation'

/** The call as one types it into a shell, with the key in the variable `KEY`. */
export function curlOf(operation: Operation, origin: string): string {
  const { method, path, scope, body } = operation
  const verb = method === 'GET' ? '' : method === 'HEAD' ? ' --head' : ` -X ${method}`
  const stream = isStream(operation) ? ' -N' : ''
  const lines = [`curl${stream}${verb} ${origin}${path.replace('{id}', '$ID')}`]
  if (scope !== 'public') lines.push('-H "Authorization: Bearer $KEY"')
  if (body?.contentType) lines.push('-F file=@beach.png')
  else if (body) {
    const json = JSON.stringify(exampleOf(operation)).replaceAll("'", "'\\''")
    lines.push("-H 'Content-Type: application/json'", `-d '${json}'`)
  }
  return lines.join(' \\\n  ')
}

/** The first example of the body; undefined where it has none. */
export function exampleOf({ body }: Operation): unknown {
  return Object.values(body?.examples ?? {})[0]?.value
}

/** Whether the call answers for as long as it is left open. */
export function isStream({ answers }: Operation): boolean {
  return Object.values(answers).some(({ contentType }) => contentType === 'text/event-stream')
}

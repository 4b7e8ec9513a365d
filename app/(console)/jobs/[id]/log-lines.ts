import type { LogView } from '@/lib/jobs/view'

const fields = ['id', 'level', 'message', 'at'] as const

/** The log lines of a stream's message: one, several, or several as `lines`. */
export function readLogLines(data: unknown): LogView[] {
  if (Array.isArray(data)) return data.filter(isLine)
  if (typeof data === 'object' && data !== null && 'lines' in data) return readLogLines(data.lines)
  return isLine(data) ? [data] : []
}

function isLine(value: unknown): value is LogView {
  if (typeof value !== 'object' || value === null) return false
  const known = new Map<string, unknown>(Object.entries(value))
  return fields.every((name) => typeof known.get(name) === 'string') && known.has('attempt')
}

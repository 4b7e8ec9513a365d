import { format, stripVTControlCharacters } from 'node:util'
import { logger } from '@/lib/log/logger'

/** What Next.js prints becomes log lines like all others: structured, with the request, without secrets. */
export function logConsole(): void {
  const levels = { error: 'error', warn: 'warn', info: 'info', log: 'info' } as const
  for (const [method, level] of Object.entries(levels)) {
    Reflect.set(console, method, (...said: unknown[]) => {
      const text = stripVTControlCharacters(format(...said)).trim()
      if (text) logger('next')[level](text)
    })
  }
}

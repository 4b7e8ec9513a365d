import { expect, it, vi } from 'vitest'
import { print } from '@/bin/cli/print'

it('prints no character that a terminal takes for a command, and the same value [S22]', () => {
  const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  const value = { input: '\u001b[31m \u007f \u009b31m \u009d0;title\u009c é €' }
  print(value)
  const text = String(written.mock.calls[0]?.[0])
  written.mockRestore()
  expect(text.trim()).not.toMatch(/[^\n\P{Cc}]/u)
  expect(JSON.parse(text)).toEqual(value)
})

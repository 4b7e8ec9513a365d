import { z } from 'zod'
import { truncate } from '@/lib/format/truncate'

const MAX_HEADER = 200

/** No control characters: a line break in a header would start another header. */
const oneLine = (value: string) => !/\p{Cc}/u.test(value)

/** Exactly one address, e.g. `ann@example.com`; lists and line breaks are refused. */
export const mailAddress = z
  .string()
  .max(254, { error: 'Expected at most 254 characters' })
  .refine(oneLine, { error: 'An address may not contain line breaks or control characters' })
  .pipe(z.email({ error: 'Expected one email address, like ann@example.com' }))

/** One line of text. */
export const mailHeader = z
  .string()
  .min(1, { error: 'Expected some text' })
  .max(MAX_HEADER, { error: `Expected at most ${MAX_HEADER} characters` })
  .refine(oneLine, { error: 'May not contain line breaks or control characters' })

/** Any title as the subject of a mail: one line, cut to what `mailHeader` takes. */
export function subjectLine(title: string): string {
  return truncate(title.toWellFormed().replace(/\p{Cc}+/gu, ' '), MAX_HEADER)
}

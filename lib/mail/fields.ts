import { z } from 'zod'

/** No control characters: a line break in a header would start another header. */
const oneLine = (value: string) => !/\p{Cc}/u.test(value)

/** Exactly one address, e.g. `ann@example.com`; lists and line breaks are refused. */
export const mailAddress = z
  .string()
  .max(254, { error: 'Expected at most 254 characters' })
  .refine(oneLine, { error: 'An address may not contain line breaks or control characters' })
  .pipe(z.email({ error: 'Expected one email address, like ann@example.com' }))

/** One line of text, up to 200 characters. */
export const mailHeader = z
  .string()
  .min(1, { error: 'Expected some text' })
  .max(200, { error: 'Expected at most 200 characters' })
  .refine(oneLine, { error: 'May not contain line breaks or control characters' })

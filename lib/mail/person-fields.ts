import { z } from 'zod'
import { mailAddress } from './fields'

/** An address as it is kept and compared: trimmed and in lower case. */
export const emailField = z
  .string({ error: 'Enter an email address' })
  .transform((value) => value.trim().toLowerCase())
  .pipe(mailAddress)

/** What someone is called; one line. */
export const nameField = z
  .string({ error: 'Enter a name' })
  .trim()
  .min(1, { error: 'Enter a name' })
  .max(100, { error: 'Use at most 100 characters' })
  .refine((value) => !/\p{Cc}/u.test(value), { error: 'Use one line of text' })

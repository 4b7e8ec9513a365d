import list from './common-passwords.json' with { type: 'json' }

/**
 * The passwords of eight characters or more that people choose most, lower case: the head of the
 * list that zxcvbn-ts keeps (MIT), which is ordered by how often leaks contain them.
 */
let known: Set<string> | undefined

/** True for a password that guessing tries first, in whatever case it is written. */
export function isCommonPassword(password: string): boolean {
  known ??= new Set(list.flatMap((line) => line.split(' ')))
  return known.has(password.toLowerCase())
}

import pg from 'pg'

/**
 * SQLSTATEs by which PostgreSQL, or the way to it, is in no state to do what was asked, whatever that
 * was: a class of two characters, or a whole state. The same statement may succeed later.
 */
const trouble = [
  '08', // connection
  '25006', // a standby, which is written to only once it leads
  '28', // not let in
  '3D', // the database is not there
  '40', // deadlock, serialization
  '42', // tables and rights as another version of the program expects them
  '53', // disk, memory or connections used up
  '55', // locked, or not ready for it
  '57', // canceled, timed out, shutting down, starting up
  '58', // the system below it
]

/**
 * Whether PostgreSQL refuses what a statement says: repeated, it would be refused again. Everything
 * else, an error without a SQLSTATE included, is trouble that passes.
 */
export function isRefusal(error: unknown): error is pg.DatabaseError {
  if (!(error instanceof pg.DatabaseError)) return false
  const { code } = error
  return code !== undefined && !trouble.some((state) => code.startsWith(state))
}

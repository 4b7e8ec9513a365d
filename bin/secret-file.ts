import { randomBytes } from 'node:crypto'
import fs from 'node:fs'

/** Only the file's owner may read it. */
const MODE = 0o600

/** The secret kept in `file`, made at the first call. */
export function secretFile(file: string): string {
  if (fs.existsSync(file)) {
    if (fs.statSync(file).mode & 0o077) fs.chmodSync(file, MODE)
    const kept = fs.readFileSync(file, 'utf8').trim()
    if (kept) return kept
  }
  const secret = randomBytes(32).toString('base64url')
  // Written beside and renamed: a process killed half-way leaves no half a secret.
  const unfinished = `${file}.${process.pid}`
  fs.writeFileSync(unfinished, `${secret}\n`, { mode: MODE })
  fs.renameSync(unfinished, file)
  return secret
}

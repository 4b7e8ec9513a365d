import { randomBytes } from 'node:crypto'
import fs from 'node:fs'

/** The secret kept in `file`, made at the first call; only its owner may read the file. */
export function secretFile(file: string): string {
  if (fs.existsSync(file)) {
    const kept = fs.readFileSync(file, 'utf8').trim()
    if (kept) return kept
  }
  const secret = randomBytes(32).toString('base64url')
  // Written beside and renamed: a process killed half-way leaves no half a secret.
  const unfinished = `${file}.${process.pid}`
  fs.writeFileSync(unfinished, `${secret}\n`, { mode: 0o600 })
  fs.renameSync(unfinished, file)
  return secret
}

import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
} from 'node:crypto'
import { authSecret } from '@/lib/config/config'

const CIPHER = 'aes-256-gcm'
const IV_BYTES = 12
const TAG_BYTES = 16
const PREFIX = 'sealed:2:'
/** The prefix, the key's id, and base64url of IV, tag and ciphertext; older ones have no version. */
const FORMAT = /^sealed:(?:2:)?([0-9a-f]{8}):([A-Za-z0-9_-]+)$/

/** What was sealed with another installation's secret, or was changed since. */
export class UnreadableSecret extends Error {
  override name = 'UnreadableSecret'
}

/**
 * Encrypts a text with a key derived from the installation's secret.
 * @param purpose what it is for; it opens for the same purpose only
 * @param options.repeatable the same text seals to the same value, so that it can be compared
 */
export function seal(
  text: string,
  purpose: string,
  { repeatable = false }: { repeatable?: boolean } = {},
): string {
  const key = deriveKey('encryption')
  const iv = repeatable ? ivOf(text, purpose) : randomBytes(IV_BYTES)
  const cipher = createCipheriv(CIPHER, key, iv).setAAD(Buffer.from(purpose))
  const encrypted = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  const whole = Buffer.concat([iv, cipher.getAuthTag(), encrypted])
  return `${PREFIX}${keyId(key)}:${whole.toString('base64url')}`
}

/**
 * The text that was sealed for this purpose.
 * @throws {UnreadableSecret} when the installation's secret has changed, or the value was tampered with
 */
export function open(sealed: string, purpose: string): string {
  const [, id, encoded = ''] = FORMAT.exec(sealed) ?? []
  const key = deriveKey('encryption')
  if (id !== keyId(key)) throw new UnreadableSecret('It was sealed with another key')
  const whole = Buffer.from(encoded, 'base64url')
  const iv = whole.subarray(0, IV_BYTES)
  const tag = whole.subarray(IV_BYTES, IV_BYTES + TAG_BYTES)
  try {
    const decipher = createDecipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES })
    decipher.setAAD(Buffer.from(purpose)).setAuthTag(tag)
    const text = decipher.update(whole.subarray(IV_BYTES + TAG_BYTES))
    return Buffer.concat([text, decipher.final()]).toString('utf8')
  } catch (error) {
    throw new UnreadableSecret('It is damaged, or was sealed for something else', { cause: error })
  }
}

export function isSealed(value: string): boolean {
  return FORMAT.test(value)
}

/** Sealed by a version of the program that did not bind headers to their owner. */
export function isSealedBefore(value: string): boolean {
  return isSealed(value) && !value.startsWith(PREFIX)
}

function deriveKey(use: 'encryption' | 'iv'): Buffer {
  return Buffer.from(hkdfSync('sha256', authSecret(), '', `millrace webhooks ${use} v1`, 32))
}

/** Depends on text and purpose, so that no two different texts ever share one. */
function ivOf(text: string, purpose: string): Buffer {
  const mac = createHmac('sha256', deriveKey('iv')).update(`${purpose}\0${text}`)
  return mac.digest().subarray(0, IV_BYTES)
}

/** Tells keys apart without saying anything about them. */
function keyId(key: Buffer): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 8)
}

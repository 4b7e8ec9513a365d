import { createHmac } from 'node:crypto'

/**
 * The `webhook-signature` of Standard Webhooks 1.0: one signature per valid secret, separated by
 * spaces, over exactly the bytes that are sent.
 * @param secrets `whsec_` and base64
 */
export function signature(
  secrets: readonly string[],
  messageId: string,
  timestamp: number,
  body: string,
): string {
  const signed = `${messageId}.${timestamp}.${body}`
  return secrets
    .map((secret) => Buffer.from(secret.replace(/^whsec_/, ''), 'base64'))
    .map((key) => `v1,${createHmac('sha256', key).update(signed).digest('base64')}`)
    .join(' ')
}

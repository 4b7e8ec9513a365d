import { createTransport } from 'nodemailer'
import type { RenderedMail } from '@/lib/mail/render'
import { smtpError } from './smtp-error'

const CONNECT_LIMIT_MS = 10_000
/** Longest silence of the server while a mail is handed over. */
const IDLE_LIMIT_MS = 30_000
const MAX_CONNECTIONS = 5

let open: ReturnType<typeof connect> | undefined

/** A mail with its envelope. */
export type Message = RenderedMail & {
  jobId: string
  /** With its angle brackets; the same for every attempt. */
  messageId: string
  from: string
  /** One address. */
  to: string
  /** Where one POST takes the reader off the list; for mail that comes without being asked for. */
  optOutUrl: string | undefined
}

/** What the server said when it took the mail. */
export type Acceptance = { host: string; response: string }

/**
 * Hands a mail to the SMTP server and returns when the server has taken it.
 * @throws {JobError} permanent when the server refuses the mail for good; otherwise another
 * attempt may succeed
 */
export async function handOver(
  message: Message,
  smtpUrl: string,
  signal: AbortSignal,
): Promise<Acceptance> {
  const { hostname: host } = new URL(smtpUrl)
  open ??= connect(smtpUrl)
  try {
    const { response } = await open.sendMail({ ...toMail(message), signal })
    return { host, response }
  } catch (error) {
    signal.throwIfAborted()
    throw smtpError(error, host)
  }
}

/** Closes the connections that are kept for the next mail. */
export function closeSmtp(): void {
  open?.close()
  open = undefined
}

function connect(url: string) {
  return createTransport({
    pool: true,
    url,
    maxConnections: MAX_CONNECTIONS,
    // A mail whose connection broke is the job's to send again, where people can see it.
    maxRequeues: 0,
    idleTimeout: IDLE_LIMIT_MS,
    dnsTimeout: CONNECT_LIMIT_MS,
    connectionTimeout: CONNECT_LIMIT_MS,
    greetingTimeout: CONNECT_LIMIT_MS,
    socketTimeout: IDLE_LIMIT_MS,
  })
}

function toMail({ jobId, messageId, from, to, subject, html, text, optOutUrl }: Message) {
  return {
    messageId,
    from,
    // As an object, an address is one address, whatever it contains.
    to: { name: '', address: to },
    subject,
    html,
    text,
    headers: {
      'X-Millrace-Job': jobId,
      'Auto-Submitted': 'auto-generated',
      ...(optOutUrl ? oneClick(optOutUrl) : {}),
    },
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

/** RFC 8058: mail programs show a button that opts out with one POST. */
function oneClick(url: string) {
  return {
    'List-Unsubscribe': { prepared: true, foldLines: false, value: `<${url}>` },
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  }
}

import { countOf } from '@/lib/format/count'
import { catalog, findDefinition } from '@/lib/jobs/catalog'
import type { JobView } from '@/lib/jobs/view'

/** What to do next about a failed job. */
export type Advice = {
  sentence: string
  /** What helps: the same job again, or another one with changes; undefined where neither does. */
  remedy: 'retry' | 'duplicate' | undefined
  /** Where it is to be done. */
  link?: { href: string; label: string }
}

/** What a person can do about an error; `url`: the address is wrong, wherever the job has it from. */
type Known = Pick<Advice, 'sentence'> & {
  remedy: Advice['remedy'] | 'url'
  at?: 'endpoint' | 'suppressions'
}

const retry = (sentence: string, at?: Known['at']): Known => ({
  ...{ remedy: 'retry', sentence },
  ...(at ? { at } : {}),
})
const duplicate = (sentence: string): Known => ({ remedy: 'duplicate', sentence })
const wrongUrl = (sentence: string): Known => ({ remedy: 'url', sentence })

/** The same by the error's code. */
const known: Record<string, Known> = {
  file_gone: duplicate('Upload the image again, then duplicate this job with the new file.'),
  image_processing_failed: retry(
    'Retry it. If it fails again, save the image again and upload that.',
  ),
  image_too_large: duplicate('Make the image smaller, upload it, and duplicate this job with it.'),
  image_unreadable: duplicate(
    'Open the image in an image program, save it again, and duplicate this job with the new file.',
  ),
  invalid_input: duplicate('Duplicate the job and change what is asked for.'),
  invalid_operation: duplicate(
    'Duplicate the job and change its steps so that they fit the image.',
  ),
  invalid_recipient: duplicate('Duplicate the job with another address.'),
  not_an_image: duplicate('Duplicate the job with a JPEG, PNG, WebP, AVIF or GIF image.'),
  rehearsal_failed: retry(
    'Mend the cause, then retry this: five are tried again, and the others follow if these complete.',
  ),
  reset_link_over: { remedy: undefined, sentence: 'Ask for a new link to choose a password.' },
  result_too_large: duplicate('Duplicate the job and make the result smaller.'),
  smtp_sign_in: retry('An admin has to correct the user name or password in SMTP_URL; then retry.'),
  smtp_timeout: retry('The mail server was too slow each time. Retry it later.'),
  smtp_unknown_host: retry('An admin has to correct the host name in SMTP_URL; then retry.'),
  smtp_unreachable: retry('The mail server was away each time. Retry it once it is back.'),
  suppressed: retry(
    'Take the address off the list of suppressed ones, then retry.',
    'suppressions',
  ),
  too_large_for_format: duplicate(
    'Duplicate the job with another format, or make the image smaller.',
  ),
  too_much_work: duplicate('Duplicate the job with fewer steps, or a smaller image.'),
  unknown_type: retry('The workers do not know this type. Update them, then retry.'),
  worker_lost: retry(
    'It ended its worker, or ran alone when that ended. What happened below says how; too little memory is a common cause. Retry it once that is solved.',
  ),
  timeout: retry(
    'Every attempt took too long. Retry it at a quieter time, or ask for less at once.',
  ),
  address_refused: wrongUrl(
    'Only public addresses are allowed. An admin can allow this one in WEBHOOK_ALLOW_CIDRS.',
  ),
  certificate_invalid: retry('The receiver has to renew or complete its certificate; then retry.'),
  connection_lost: retry('The receiver broke off each time. Look into its logs, then retry.'),
  connection_refused: retry('Nothing listened there each time. Start the receiver, then retry.'),
  endpoint_disabled: retry('Switch the endpoint on, then retry.', 'endpoint'),
  endpoint_gone: duplicate('Duplicate the job and choose another endpoint.'),
  header_unreadable: duplicate('Duplicate the job and type the secret header again.'),
  http_401: retry(
    'The receiver does not accept the signature or the credentials. Check that it has the endpoint’s present secret, then retry.',
    'endpoint',
  ),
  http_404: wrongUrl('The receiver knows no such address.'),
  http_410: retry('To send webhooks there again, switch the endpoint on, then retry.', 'endpoint'),
  http_429: retry('The receiver was asked too often. Retry it at a quieter time.'),
  invalid_answer: wrongUrl('What listens there does not speak HTTP.'),
  name_not_found: wrongUrl('There is no host of this name.'),
  name_lookup_failed: retry('Name servers did not answer each time. Retry it later.'),
  not_allowed: { remedy: undefined, sentence: 'Ask somebody who may do this.' },
  receiver_timeout: retry(
    'The receiver was too slow each time. Let it answer first and work afterwards, then retry.',
  ),
  secret_unreadable: retry(
    'Rotate the endpoint’s secret, give it to the receiver, then retry.',
    'endpoint',
  ),
  unreachable: retry('The receiver could not be reached each time. Retry it once it can.'),
}

/**
 * What to do next about a failed job. An error that is not known and left attempts unused was final: its
 * handler knew that another attempt could not help.
 */
export function adviceFor(job: JobView): Advice {
  const unknown =
    job.attempt < job.maxAttempts
      ? duplicate('Another attempt would end like this one. Duplicate the job with changes.')
      : retry('Retry it once the cause is gone, or duplicate it with changes.')
  const found = known[job.error?.code ?? ''] ?? unknown
  const { sentence, remedy, at } = found.remedy === 'url' ? aboutUrl(job, found) : found
  const tries = job.attempt > 1 ? `It was tried ${countOf(job.attempt, 'time')}. ` : ''
  const isOffered = findDefinition(job.type)?.userFacing ?? false
  const link = at && linkTo(at, job)
  return {
    sentence: `${tries}${sentence}`,
    remedy: remedy === 'retry' || (remedy === 'duplicate' && isOffered) ? remedy : undefined,
    ...(link ? { link } : {}),
  }
}

/** An endpoint’s URL can be corrected for the same job; a URL of its own needs another one. */
function aboutUrl(job: JobView, { sentence }: Known): Known {
  return endpointOf(job)
    ? retry(`${sentence} Correct the endpoint’s URL, then retry.`, 'endpoint')
    : duplicate(`${sentence} Duplicate the job with the right URL.`)
}

function linkTo(at: NonNullable<Known['at']>, job: JobView): Advice['link'] {
  if (at === 'suppressions') return { href: '/settings/suppressions', label: 'Open the list' }
  const endpoint = endpointOf(job)
  return endpoint ? { href: `/webhooks/${endpoint}`, label: 'Open the endpoint' } : undefined
}

function endpointOf({ type, input }: JobView): string | undefined {
  return type === 'webhook' ? catalog.webhook.input.safeParse(input).data?.endpointId : undefined
}

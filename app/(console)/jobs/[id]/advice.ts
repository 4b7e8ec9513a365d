import { countOf } from '@/lib/format/count'
import type { JobView } from '@/lib/jobs/view'

/** What a person can do about an error, by its code. */
const advice: Record<string, string> = {
  file_gone: 'Upload the image again, then duplicate this job with the new file.',
  image_processing_failed: 'Retry it; if it fails again, save the image anew and upload that.',
  image_too_large: 'Make the image smaller before you upload it.',
  image_unreadable: 'Open the image in an image program, save it anew and upload that.',
  invalid_input: 'Duplicate the job and change what is asked for.',
  invalid_operation: 'Duplicate the job and change its steps so that they fit the image.',
  invalid_recipient: 'Duplicate the job with another address.',
  not_an_image: 'Upload a JPEG, PNG, WebP, AVIF or GIF image.',
  rehearsal_failed:
    'Mend the cause, then retry this: five of them are tried again, and the others follow if these complete.',
  reset_link_over: 'Ask for a new link to choose a password.',
  result_too_large: 'Duplicate the job and make the result smaller.',
  smtp_sign_in: 'Whoever runs Millrace has to mend user name or password in SMTP_URL.',
  smtp_timeout: 'The mail server was too slow each time. Retry it later.',
  smtp_unknown_host: 'Whoever runs Millrace has to mend the host name in SMTP_URL.',
  smtp_unreachable: 'The mail server was away each time. Retry it once it is back.',
  suppressed: 'Take the address off the list under Settings › Suppressed, then retry it.',
  too_large_for_format: 'Duplicate the job with another format, or make the image smaller.',
  unknown_type:
    'The workers are of a version that does not know this type. Update them, then retry.',
  worker_lost:
    'It ended its worker, or ran alone when that ended. The attempts say how; too little memory is a common cause. Retry it once that is mended.',
  timeout: 'Every attempt took too long. Retry it at a quieter time, or ask for less at once.',
  address_refused:
    'Duplicate the job with a public address, or ask whoever runs Millrace to allow this range in WEBHOOK_ALLOW_CIDRS.',
  certificate_invalid:
    'The receiver’s certificate has to be renewed or completed; retry the job then.',
  connection_lost: 'The receiver broke off each time. Look into its logs, then retry.',
  connection_refused: 'Nothing listened there each time. Start the receiver, then retry.',
  endpoint_disabled: 'Switch the endpoint on under Webhooks, then retry.',
  endpoint_gone: 'Duplicate the job and choose another endpoint.',
  header_unreadable: 'Duplicate the job and type the secret header anew.',
  http_401:
    'The receiver does not accept the signature or the credentials. Check that it has the endpoint’s present secret, then retry.',
  http_404: 'The receiver knows no such address. Correct the URL, then retry.',
  http_410:
    'If the receiver is to get webhooks again, switch the endpoint on under Webhooks, then retry.',
  http_429: 'The receiver was asked too often. Retry it at a quieter time.',
  invalid_answer: 'What listens there does not speak HTTP. Correct the URL, then retry.',
  name_not_found: 'Correct the host name in the URL, then retry.',
  name_lookup_failed: 'Name servers did not answer each time. Retry it later.',
  receiver_timeout:
    'The receiver was too slow each time. Let it answer first and work afterwards, then retry.',
  secret_unreadable:
    'Rotate the endpoint’s secret under Webhooks, give it to the receiver, then retry.',
  unreachable: 'The receiver could not be reached each time. Retry it once it can.',
}

/** One sentence: what to do next about a failed job. */
export function adviceFor(job: JobView, code: string | undefined): string {
  const known = code ? advice[code] : undefined
  const tries = job.attempt > 1 ? `It was tried ${countOf(job.attempt, 'time')}. ` : ''
  return `${tries}${known ?? 'Retry it once the cause is mended, or duplicate it with changes.'}`
}

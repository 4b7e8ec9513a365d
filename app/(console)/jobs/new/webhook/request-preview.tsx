'use client'

import { useContext } from 'react'
import { propertyOf } from '@/app/_server/forms/write'
import { useLiveInput } from '@/app/form/generated/live-input'
import { Records } from '@/app/form/generated/placed'
import { bodyValue } from '@/lib/jobs/types/webhook-body'
import { CodeBlock } from '../../../_components/ui/code-block'
import classes from '../new.module.css'

/** The request as it will be, with what is only known when it is sent in words. */
export function RequestPreview() {
  const { input } = useLiveInput()
  const endpoints = useContext(Records)?.endpoint ?? []
  const text = (name: string) => String(propertyOf(input, name) ?? '')
  const endpointId = text('endpointId')
  const url = endpointId
    ? endpoints.find(({ value }) => value === endpointId)?.url
    : text('url').trim()
  const target = url && URL.canParse(url) ? new URL(url) : undefined
  const payload = propertyOf(input, 'payload')
  const body = bodyValue({ endpointId, event: text('event'), payload }, 'when it is enqueued')
  const own: Record<string, unknown> = Object(propertyOf(input, 'headers'))
  const lines = [
    `POST ${target ? `${target.pathname}${target.search}` : '…'}`,
    `host: ${target?.host ?? '…'}`,
    'content-type: application/json',
    `millrace-event: ${text('event') || '…'}`,
    'webhook-id: the job’s id, the same at every attempt',
    'webhook-timestamp: seconds, when it is sent',
    ...(endpointId ? ['webhook-signature: v1,… made with the endpoint’s secret'] : []),
    ...Object.entries(own).map(([name, value]) => `${name}: ${value}`),
    '',
    payload === undefined ? 'The payload is not JSON yet.' : JSON.stringify(body, null, 2),
  ]
  return (
    <section className={classes.aside} aria-label="Preview of the request">
      <p className={classes.asideTitle}>Preview of the request</p>
      <CodeBlock text={lines.join('\n')} />
    </section>
  )
}

'use client'

import { useContext } from 'react'
import { propertyOf } from '@/app/_server/forms/write'
import { useLiveInput } from '@/app/form/generated/live-input'
import { Records } from '@/app/form/generated/placed'
import { bodyValue } from '@/lib/jobs/types/webhook-body'
import classes from '../new.module.css'
import request from './webhook.module.css'

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
  const own: Record<string, unknown> = Object(propertyOf(input, 'headers'))
  const headers: [string, string][] = [
    ['host', target?.host ?? '…'],
    ['content-type', 'application/json'],
    ['millrace-event', text('event') || '…'],
    ['webhook-id', 'the job’s id, the same at every attempt'],
    ['webhook-timestamp', 'seconds, when it is sent'],
    ...signatureOf(endpointId),
    ...Object.entries(own).map(([name, value]): [string, string] => [name, String(value)]),
  ]
  const payload = propertyOf(input, 'payload')
  const body = bodyValue({ endpointId, event: text('event'), payload }, 'when it is enqueued')
  return (
    <section className={classes.aside} aria-label="Preview of the request">
      <p className={classes.asideTitle}>Preview of the request</p>
      <div className={request.preview}>
        <p>
          <strong>POST</strong> {target ? `${target.pathname}${target.search}` : '…'}
        </p>
        <dl>
          {headers.map(([name, value]) => (
            <div key={name} data-signature={name.startsWith('webhook-')}>
              <dt>{name}:</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <pre>
          {payload === undefined ? 'The payload is not JSON yet.' : JSON.stringify(body, null, 2)}
        </pre>
      </div>
    </section>
  )
}

function signatureOf(endpointId: string): [string, string][] {
  return endpointId ? [['webhook-signature', 'v1,… made with the endpoint’s secret']] : []
}

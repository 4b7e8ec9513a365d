'use client'

import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useRouter } from 'next/navigation'
import { type FormEvent, useState, useTransition } from 'react'
import { keepDraft } from '../../../schedules/draft'
import { issueLookup } from '../issue-lookup'
import { JobForm } from '../job-form'
import classes from '../new.module.css'
import { noOptions, type OptionValues, toJobOptions, verbOf } from '../options'
import { OptionsFields } from '../options-fields'
import type { Problem } from '../submission'
import { send } from './actions'
import { RequestPreview } from './request-preview'
import { sendable, type WebhookValues } from './webhook-values'

type Props = {
  start: WebhookValues
  endpoints: { id: string; url: string; label: string }[]
  options: OptionValues | undefined
  /** The job this one is duplicated from. */
  originalId: string | undefined
}

const beginning = {
  now: 'at once',
  later: 'from the chosen time',
  schedule: 'from each of the times you choose next',
} as const

/** Composes one webhook and shows its request while it is written. */
export function WebhookForm({ start, endpoints, options: startOptions, originalId }: Props) {
  const router = useRouter()
  const [values, setValues] = useState(start)
  const [options, setOptions] = useState(startOptions ?? noOptions)
  const [problem, setProblem] = useState<Problem>()
  const [pending, startTransition] = useTransition()
  const issueOf = issueLookup(problem?.issues ?? [])
  const set = (change: Partial<WebhookValues>) => setValues({ ...values, ...change })
  const endpoint = endpoints.find(({ id }) => id === values.endpointId)
  const known = !values.endpointId || endpoint

  function onSubmit(event: FormEvent) {
    event.preventDefault()
    const { input, issues } = sendable(values)
    if (input && options.when === 'schedule') {
      return router.push(keepDraft({ type: 'webhook', input }))
    }
    startTransition(async () => {
      const jobOptions = toJobOptions(options, originalId)
      setProblem(issues ? { message: '', issues } : await send(input, jobOptions))
    })
  }

  return (
    <div className={classes.columns}>
      <JobForm problem={problem} onSubmit={onSubmit}>
        <NativeSelect
          label="Send to"
          value={values.endpointId}
          data={[
            ...endpoints.map(({ id, label }) => ({ value: id, label })),
            ...(known
              ? []
              : [{ value: values.endpointId, label: 'An endpoint that is gone or off' }]),
            { value: '', label: 'A URL, without a signature' },
          ]}
          error={issueOf('input.endpointId')}
          onChange={(event) => set({ endpointId: event.currentTarget.value })}
        />
        {values.endpointId === '' && (
          <TextInput
            label="URL"
            type="url"
            autoComplete="off"
            spellCheck={false}
            placeholder="https://shop.example.com/hooks"
            value={values.url}
            error={issueOf('input.url')}
            onChange={(event) => set({ url: event.currentTarget.value })}
          />
        )}
        <TextInput
          label="Event"
          autoComplete="off"
          spellCheck={false}
          placeholder="order.created"
          value={values.event}
          error={issueOf('input.event')}
          onChange={(event) => set({ event: event.currentTarget.value })}
        />
        <Textarea
          label="Payload"
          description="Any JSON value"
          autosize
          minRows={5}
          maxRows={18}
          spellCheck={false}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }}
          value={values.payload}
          error={issueOf('input.payload')}
          onChange={(event) => set({ payload: event.currentTarget.value })}
        />
        <Textarea
          label="Headers"
          description="One a line, such as X-Team: blue. Values that look secret are stored encrypted."
          autosize
          minRows={1}
          maxRows={8}
          spellCheck={false}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }}
          value={values.headers}
          error={issueOf('input.headers')}
          onChange={(event) => set({ headers: event.currentTarget.value })}
        />
        <OptionsFields values={options} errors={issueOf} onChange={setOptions} />
        <div className={classes.submit}>
          <Button type="submit" loading={pending}>
            {verbOf(options, 'Send webhook', 'Schedule webhook')}
          </Button>
          <p className={classes.will}>Tried up to 5 times, {beginning[options.when]}.</p>
        </div>
      </JobForm>
      <RequestPreview values={values} url={values.endpointId ? endpoint?.url : values.url.trim()} />
    </div>
  )
}

'use client'

import { Checkbox, Radio, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useFormState } from '@/app/form/action-form'

type Props = {
  url?: string
  description?: string
  eventTypes?: readonly string[]
  /** Events that Millrace itself sends, with what they mean. */
  known: readonly { type: string; meaning: string }[]
}

/** Where webhooks go, and which. */
export function EndpointFields({ url = '', description = '', eventTypes = [], known }: Props) {
  const { errors } = useFormState()
  const [scope, setScope] = useState(eventTypes.length === 0 ? 'all' : 'some')
  const others = eventTypes.filter((event) => !known.some(({ type }) => type === event))
  return (
    <>
      <TextInput
        name="url"
        label="URL"
        type="url"
        placeholder="https://shop.example.com/hooks"
        autoComplete="off"
        spellCheck={false}
        defaultValue={url}
        error={errors.url}
      />
      <TextInput
        name="description"
        label="Description"
        description="For yourself; may be left empty."
        autoComplete="off"
        defaultValue={description}
        error={errors.description}
      />
      <Radio.Group
        name="scope"
        label="Events"
        description="What is sent by itself. Webhook jobs to this endpoint reach it whatever is chosen here."
        value={scope}
        onChange={setScope}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="all" label="Every event" />
          <Radio value="some" label="Only these" />
        </Stack>
      </Radio.Group>
      {scope === 'some' && (
        <Stack gap="xs" pl={28}>
          {known.map(({ type, meaning }) => (
            <Checkbox
              key={type}
              name="events"
              value={type}
              label={type}
              description={meaning}
              defaultChecked={eventTypes.includes(type)}
            />
          ))}
          <TextInput
            name="others"
            label="Others"
            description="Events of your own, separated by commas."
            placeholder="order.created, order.paid"
            autoComplete="off"
            spellCheck={false}
            defaultValue={others.join(', ')}
            error={errors.others}
          />
        </Stack>
      )}
    </>
  )
}

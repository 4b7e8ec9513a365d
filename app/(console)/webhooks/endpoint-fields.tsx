'use client'

import { AllOrSome } from '@/app/form/all-or-some'
import { TextField } from '@/app/form/fields'

type Props = {
  url?: string
  description?: string
  eventTypes?: readonly string[]
  /** Events that Millrace itself sends, with what they mean. */
  known: readonly { type: string; meaning: string }[]
}

/** Where webhooks go, and which. */
export function EndpointFields({ url = '', description = '', eventTypes = [], known }: Props) {
  const others = eventTypes.filter((event) => !known.some(({ type }) => type === event))
  return (
    <>
      <TextField
        name="url"
        label="URL"
        type="url"
        placeholder="https://shop.example.com/hooks"
        autoComplete="off"
        defaultValue={url}
      />
      <TextField
        name="description"
        label="Description"
        description="For yourself; may be left empty."
        autoComplete="off"
        defaultValue={description}
        optional
      />
      <AllOrSome
        name="scope"
        itemName="events"
        label="Events"
        description="What is sent by itself. Webhook jobs to this endpoint reach it whatever is chosen here."
        all="Every event"
        choices={known.map(({ type, meaning }) => ({
          value: type,
          label: type,
          description: meaning,
        }))}
        start={eventTypes.length === 0 ? null : eventTypes}
      >
        <TextField
          name="others"
          label="Others"
          description="Events of your own, separated by commas."
          placeholder="order.created, order.paid"
          autoComplete="off"
          defaultValue={others.join(', ')}
          optional
        />
      </AllOrSome>
    </>
  )
}

'use client'

import type { ComponentProps } from 'react'
import { ActionForm } from '@/app/form/action-form'
import { LinkButton } from '../../_components/ui/button'
import { NewSecret } from '../../_components/ui/secret'
import { create } from '../actions'
import { EndpointFields } from '../endpoint-fields'

/** Adds an endpoint, then shows its secret in the form's place. */
export function NewEndpoint({ known }: Pick<ComponentProps<typeof EndpointFields>, 'known'>) {
  return (
    <ActionForm
      action={create}
      submit="Add endpoint"
      done={({ secret = '', values }) => (
        <NewSecret secret={secret} title="The endpoint is added">
          <p>
            Your receiver checks each webhook with it, as Standard Webhooks describes; libraries for
            most languages do that in one call.
          </p>
          <LinkButton href={`/webhooks/${values.id}`} kind="primary">
            Go to the endpoint
          </LinkButton>
        </NewSecret>
      )}
    >
      <EndpointFields known={known} />
    </ActionForm>
  )
}

'use client'

import { ActionForm } from '@/app/form/action-form'
import { Notice } from '../../_components/ui/notice'
import { Secret } from '../../_components/ui/secret'
import { showLink } from './actions'

type Props = { id: string; to: string; mayShow: boolean }

/** Says that a mail's link is not shown, and shows it to an admin who asks. */
export function HiddenLink({ id, to, mayShow }: Props) {
  return (
    <Notice label="The link of this mail">
      <p>
        Its link opens an account, so that only {to} sees it.
        {mayShow && ' If you show it, the audit log says so.'}
      </p>
      {mayShow && (
        <ActionForm
          action={showLink}
          submit="Show link"
          variant="default"
          done={({ secret = '' }) => <Secret text={secret} label="Copy the link" />}
        >
          <input type="hidden" name="id" value={id} />
        </ActionForm>
      )}
    </Notice>
  )
}

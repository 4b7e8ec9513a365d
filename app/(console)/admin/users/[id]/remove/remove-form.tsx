import { ActionForm } from '@/app/form/action-form'
import { TextField } from '@/app/form/fields'
import { remove } from '../../actions'

type Props = { id: string; email: string; way: 'delete' | 'anonymize' }

const words = { delete: 'Delete account and data', anonymize: 'Anonymize account' }

/** Asks to type the address, so that nobody goes by a slip of the hand. */
export function RemoveForm({ id, email, way }: Props) {
  return (
    <ActionForm action={remove} submit={words[way]} color="red">
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="way" value={way} />
      <TextField name="email" label={`Type ${email} to confirm`} autoComplete="off" />
    </ActionForm>
  )
}

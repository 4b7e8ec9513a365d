import { invalidInput } from '@/lib/errors/app-error'
import { eventType } from '@/lib/webhooks/fields'

/**
 * The events a form asks for; none means every event.
 * @throws {AppError} `invalid_input` naming `others`, for a name that is none, or when nothing is chosen
 */
export function eventTypesOf(form: FormData): string[] {
  if (form.get('scope') !== 'some') return []
  const others = String(form.get('others') ?? '')
    .split(/[\s,]+/)
    .filter(Boolean)
  const wrong = others.find((name) => !eventType.safeParse(name).success)
  if (wrong) throw beside(`“${wrong}” is not an event like order.created`)
  const chosen = [...form.getAll('events').map(String), ...others]
  if (chosen.length === 0) throw beside('Choose an event, or name one')
  return chosen
}

function beside(message: string) {
  return invalidInput([{ path: 'others', message }])
}

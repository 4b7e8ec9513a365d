import { validate as isUuid } from 'uuid'
import { truncate } from '@/lib/format/truncate'

/** Longest number that is one. */
const MAX_NUMBER = 40
/** Longest part of a name that is shown. */
const MAX_NAME = 32

/**
 * What an event is about, as a title names it: `#48213` for an order's number, `“Weekly report”` for what
 * has a name rather than a number, or nothing. Events are often named `order.paid`, and say it in `order.id`,
 * `orderId`, `number` or, as many do, in `data.object`.
 */
export function eventObject(event: string, payload: unknown): string | undefined {
  const noun = event.split(/[.\-/:_]/)[0]?.toLowerCase() ?? ''
  const outer = fieldsOf(payload)
  const data = fieldsOf(outer.get('data'))
  const records = [
    ...[data.get('object'), data.get(noun), outer.get(noun)].map(fieldsOf),
    ...[data, outer],
  ]
  const numbers = ['number', `${noun}number`, `${noun}id`, 'id', noun]
  const names = ['title', 'name']
  const first = (fields: string[], fits: (text: string) => boolean) =>
    records
      .flatMap((record) => fields.map((field) => textOf(record.get(field))))
      .find((text) => text !== undefined && fits(text))
  const number = first(numbers, (text) => !isUuid(text) && text.length <= MAX_NUMBER)
  if (number) return `#${number}`
  const name = first(names, () => true)
  if (name) return name.length > MAX_NAME ? `“${truncate(name, MAX_NAME)}…”` : `“${name}”`
  const id = first(numbers, isUuid)
  return id && `#…${id.slice(-6)}`
}

/** Its fields by their names as they are compared: `orderId`, `order_id` and `OrderID` are one. */
function fieldsOf(value: unknown): Map<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return new Map()
  return new Map(
    Object.entries(value).map(([name, field]) => [name.replaceAll('_', '').toLowerCase(), field]),
  )
}

/** A text on one line; undefined for anything else. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value)
  if (typeof value !== 'string' || /\p{Cc}/u.test(value)) return undefined
  const text = value.trim()
  return text !== '' && text.isWellFormed() ? text : undefined
}

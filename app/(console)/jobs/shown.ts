/** The list's periods, as its URL writes them. */
export const periods = [
  { value: '1h', label: 'Last hour', hours: 1 },
  { value: '24h', label: 'Last 24 hours', hours: 24 },
  { value: '7d', label: 'Last 7 days', hours: 7 * 24 },
  { value: '30d', label: 'Last 30 days', hours: 30 * 24 },
] as const

/** What the list has a field for. */
const fieldNames = ['type', 'status', 'period', 'q'] as const

/** What only links lead to; the list names each, with a way to be rid of it. */
export const linkedNames = [
  'tag',
  'queue',
  'batchId',
  'scheduleId',
  'from',
  'to',
  'endedFrom',
  'endedTo',
  'error',
  'owner',
] as const

/** What the URL says, empty where it says nothing. */
export type Shown = Record<(typeof fieldNames)[number] | (typeof linkedNames)[number], string>

/** When a schedule runs, as people say it: every `every` at `time`, or on the `day` of each month. */
export type Pick = { every: string; time: string; day: string }

/** What `every` can be, and the last three fields of its pattern. */
export const choices = [
  { value: 'hour', label: 'hour', often: 'Hourly', name: '' },
  { value: '* * *', label: 'day', often: 'Daily', name: '' },
  { value: '* * 1-5', label: 'workday', often: 'Daily', name: 'workdays' },
  ...['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'].map(
    (label, index) => ({
      value: `* * ${(index + 1) % 7}`,
      label,
      often: 'Weekly',
      name: `${label}s`,
    }),
  ),
  { value: 'month', label: 'month', often: 'Monthly', name: '' },
]

/** What the picker begins with. */
export const MONDAYS = '0 9 * * 1'

/** The pattern that a choice means. */
export function cronOf({ every, time, day }: Pick): string {
  const [hour, minute] = time.split(':').map(Number)
  if (every === 'hour') return `${minute ?? 0} * * * *`
  return `${minute ?? 0} ${hour ?? 0} ${every === 'month' ? `${day} * *` : every}`
}

/** The choice that means a pattern; undefined for one the picker cannot say. */
export function pickOf(cron: string): Pick | undefined {
  const [minute = '', hour = '', ...days] = cron.trim().split(/\s+/)
  const isTime = /^[0-5]?\d$/.test(minute) && /^([01]?\d|2[0-3]|\*)$/.test(hour)
  if (!isTime || days.length !== 3) return undefined
  const time = `${hour.replace('*', '0').padStart(2, '0')}:${minute.padStart(2, '0')}`
  const [day = '', month, weekday] = days
  if (hour === '*')
    return days.join(' ') === '* * *' ? { every: 'hour', time, day: '1' } : undefined
  if (/^[1-9]\d?$/.test(day) && Number(day) <= 31 && month === '*' && weekday === '*') {
    return { every: 'month', time, day }
  }
  const every = days.join(' ').replace(/7$/, '0')
  return choices.some(({ value }) => value === every) ? { every, time, day: '1' } : undefined
}

/** A name for a schedule of this pattern, such as “Weekly report, Mondays”. */
export function nameFor(label: string, cron: string): string {
  const pick = pickOf(cron)
  const choice = choices.find(({ value }) => value === pick?.every)
  const what = label.toLowerCase()
  if (!choice) return `Scheduled ${what}`
  return [`${choice.often} ${what}`, choice.name].filter(Boolean).join(', ')
}

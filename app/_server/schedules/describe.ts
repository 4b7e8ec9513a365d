import cronstrue from 'cronstrue'

/** A valid cron pattern in words, e.g. `At 02:30, Monday through Friday`. */
export function describeCron(cron: string): string {
  return cronstrue.toString(cron, {
    use24HourTimeFormat: true,
    throwExceptionOnParseError: false,
    verbose: false,
  })
}

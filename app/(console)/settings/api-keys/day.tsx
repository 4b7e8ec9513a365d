'use client'

/** A day in the person's own time zone; the exact time on hover. */
export function Day({ at }: { at: string }) {
  const date = new Date(at)
  return (
    <time
      dateTime={at}
      title={date.toLocaleString()}
      style={{ whiteSpace: 'nowrap' }}
      suppressHydrationWarning
    >
      {date.toLocaleDateString(undefined, { dateStyle: 'medium' })}
    </time>
  )
}

const paddles = [0, 45, 90, 135, 180, 225, 270, 315]

/** The mark: a mill wheel that turns in the stream. */
export function Logo({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" fill="none" aria-hidden="true">
      <g stroke="var(--mantine-color-anchor)" strokeWidth="2.2" strokeLinecap="round">
        <circle cx="16" cy="12" r="7" />
        {paddles.map((degrees) => (
          <path key={degrees} d="M16 5V2" transform={`rotate(${degrees} 16 12)`} />
        ))}
        <path d="M2 27c2.3-2.2 4.7-2.2 7 0s4.7 2.2 7 0 4.7-2.2 7 0 4.7 2.2 7 0" />
      </g>
      <circle cx="16" cy="12" r="2.4" fill="var(--mantine-color-anchor)" />
    </svg>
  )
}

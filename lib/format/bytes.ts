const units = ['B', 'KB', 'MB', 'GB', 'TB'] as const
const number = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 })

/** A size as people say it: `812 B`, `4.2 MB`. A KB has 1,024 bytes, as the upload limit does. */
export function formatBytes(bytes: number): string {
  let size = Math.max(0, bytes)
  let unit = 0
  // 1,000 rather than 1,024, so that nothing reads `1,010 KB`.
  while (size >= 999.5 && unit < units.length - 1) {
    size /= 1024
    unit += 1
  }
  return `${number.format(size)} ${units[unit]}`
}

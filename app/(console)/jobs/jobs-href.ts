/** The list's address with these filters; what is empty is left out. */
export function jobsHref(query: Record<string, string | undefined>): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value) params.set(name, value)
  const text = params.toString()
  return text ? `/jobs?${text}` : '/jobs'
}

type Query = Record<string, string | undefined>

/** The list's address with these filters; what is empty is left out. */
export function jobsHref(query: Query): string {
  return withQuery('/jobs', query)
}

/** An address with a query; what is empty is left out. */
export function withQuery(path: string, query: Query): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value) params.set(name, value)
  const text = params.toString()
  return text ? `${path}?${text}` : path
}

import { hrefOf } from '../_components/list/href'

/** The address of the list of jobs with these filters; what is empty is left out. */
export function jobsHref(query: Record<string, string | undefined>): string {
  return hrefOf('/jobs', query)
}

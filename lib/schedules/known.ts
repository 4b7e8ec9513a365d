import { definitions, inputVersionsOf } from '@/lib/jobs/catalog'

/** How long what this program does not know is left to newer ones; less than makes a time missed. */
const PATIENCE = '30 seconds'

/** Names and numbers of the program's own. */
const VERSIONS = `'${JSON.stringify(inputVersionsOf(definitions))}'::jsonb`

/**
 * SQL: when this program fires a row of "Schedule": at its time, unless only newer programs know its job
 * type, or the version of its input. If none of those has fired it soon after, it is to be refused.
 */
export const FIRES_AT = `("nextFireAt" + CASE
  WHEN COALESCE((${VERSIONS} ->> type)::int, 0) >= "inputVersion" THEN interval '0'
  ELSE interval '${PATIENCE}' END)`

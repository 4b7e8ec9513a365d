import { definitions } from '@/lib/jobs/catalog'

/** The job types a schedule may have. */
export const typeChoices = definitions
  .filter(({ userFacing }) => userFacing)
  .map(({ type, label }) => ({ value: type, label }))

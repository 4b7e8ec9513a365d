import { findDefinition } from '@/lib/jobs/catalog'

/** Whether `/jobs/new/<type>` is there: made by hand, or from the type's definition. */
export function hasForm(type: string): boolean {
  return findDefinition(type)?.userFacing ?? false
}

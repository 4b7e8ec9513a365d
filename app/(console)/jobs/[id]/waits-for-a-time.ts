import type { Waiting } from '@/lib/jobs/view'

/** Whether nothing but a time that has been set keeps a job from starting. */
export function waitsForATime({ reason }: Waiting): boolean {
  return reason === 'scheduled' || reason === 'retry_delay'
}

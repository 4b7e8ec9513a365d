/** Why a job has no result to show. */
export function absence(status: string): string {
  if (status === 'failed') return 'There is no result, because the job failed.'
  if (status === 'canceled') return 'There is no result, because the job was canceled.'
  return 'The result will be here when the job is done.'
}

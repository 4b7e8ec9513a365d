/** What is to become of jobs that are not to complete after one ending, as whoever made them knows. */
export type Expectations = {
  /** The job fails with this code. */
  fails(jobId: string, code: string): void
  /** The job completes or fails: how does not matter, only that it ends. */
  ends(jobId: string): void
  /** Somebody was told that the job is canceled. */
  canceled(jobId: string, at: number): void
  /** Nobody heard whether the job is canceled. */
  unsure(jobId: string): void
  /** The job was run again after it had ended, once more with each call. */
  retried(jobId: string): void
  of(jobId: string): Expected
}

export type Expected = {
  failure: string | undefined
  eitherWay: boolean
  /** When the cancel was accepted, in milliseconds since 1970. */
  canceledAt: number | undefined
  /** The job may be canceled, or not. */
  maybeCanceled: boolean
  retries: number
}

export function createExpectations(): Expectations {
  const failures = new Map<string, string>()
  const eitherWay = new Set<string>()
  const canceled = new Map<string, number>()
  const unsure = new Set<string>()
  const retries = new Map<string, number>()
  return {
    fails: (jobId, code) => failures.set(jobId, code),
    ends: (jobId) => {
      eitherWay.add(jobId)
      failures.delete(jobId)
    },
    canceled: (jobId, at) => canceled.set(jobId, at),
    unsure: (jobId) => unsure.add(jobId),
    retried: (jobId) => retries.set(jobId, (retries.get(jobId) ?? 0) + 1),
    of: (jobId) => ({
      failure: failures.get(jobId),
      eitherWay: eitherWay.has(jobId),
      canceledAt: canceled.get(jobId),
      maybeCanceled: unsure.has(jobId),
      retries: retries.get(jobId) ?? 0,
    }),
  }
}

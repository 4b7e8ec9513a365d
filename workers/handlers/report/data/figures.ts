/** What became of a set of jobs. */
export type Figures = {
  jobs: number
  completed: number
  failed: number
  canceled: number
  /** Not ended yet. */
  open: number
  /** Completed of completed and failed, 0 to 1; null when none of either. */
  successRate: number | null
  /** How long the latest attempt of each waited for a worker, in whole milliseconds. */
  waitP50Ms: number | null
  waitP95Ms: number | null
  /** How long the latest attempt of each ran, in whole milliseconds. */
  runP50Ms: number | null
  runP95Ms: number | null
}

/** Counts and percentiles as PostgreSQL gives them. */
export type FigureRow = {
  jobs: number
  completed: number
  failed: number
  canceled: number
  waits: number[] | null
  runs: number[] | null
}

/** Figures of no job at all. */
export const noJobs: Figures = figuresOf({
  jobs: 0,
  completed: 0,
  failed: 0,
  canceled: 0,
  waits: null,
  runs: null,
})

/** Adds what follows from the counts; every format of a report shows these very numbers. */
export function figuresOf({ waits, runs, ...counts }: FigureRow): Figures {
  const { jobs, completed, failed, canceled } = counts
  const ended = completed + failed
  return {
    jobs,
    completed,
    failed,
    canceled,
    open: jobs - ended - canceled,
    successRate: ended === 0 ? null : completed / ended,
    waitP50Ms: rounded(waits?.[0]),
    waitP95Ms: rounded(waits?.[1]),
    runP50Ms: rounded(runs?.[0]),
    runP95Ms: rounded(runs?.[1]),
  }
}

function rounded(milliseconds: number | undefined): number | null {
  return milliseconds === undefined ? null : Math.round(milliseconds)
}

import { RunTime } from './run-time'
import classes from './schedules.module.css'

/** A pattern in words, and the next times it comes. */
export type Reading = { words: string; next: readonly string[] }

/** What a pattern means: in words, and as the next times in the reader's own time zone. */
export function ReadingPanel({ words, next }: Reading) {
  return (
    <>
      <p className={classes.words}>{words}</p>
      <ol className={classes.times} aria-label="Next runs">
        {next.map((time) => (
          <li key={time}>
            <RunTime at={time} />
          </li>
        ))}
      </ol>
      {next.length > 0 && <p className={classes.dim}>In your time zone</p>}
    </>
  )
}

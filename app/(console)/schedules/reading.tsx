import ui from '../_components/ui/ui.module.css'
import { RunTime } from './run-time'

/** A pattern in words, and the next times it comes. */
export type Reading = { words: string; next: readonly string[] }

/** What a pattern means: in words, and as the next times in the reader's own time zone. */
export function ReadingPanel({ words, next }: Reading) {
  return (
    <>
      <p className={ui.strong}>{words}</p>
      <ol className={ui.plain} aria-label="Next runs">
        {next.map((time) => (
          <li key={time}>
            <RunTime at={time} />
          </li>
        ))}
      </ol>
      {next.length > 0 && <p className={ui.note}>In your time zone</p>}
    </>
  )
}

import { formatBytes } from '@/lib/format/bytes'
import { CopyButton } from '../../_components/ui/copy-button'
import page from '../../_components/ui/page.module.css'
import classes from './job.module.css'

/** Longer JSON is cut: a page has to stay quick. */
const LIMIT = 20_000

type Props = {
  value: unknown
  label: string
  /** Where all of it is. */
  whole: string
}

/** JSON to read. */
export function JsonBlock({ value, label, whole }: Props) {
  const text = JSON.stringify(value, null, 2) ?? 'null'
  const isCut = text.length > LIMIT
  return (
    <div>
      <div className={classes.blockHead}>
        {isCut ? (
          <span>
            The first {formatBytes(LIMIT)} of {formatBytes(text.length)}.{' '}
            <a href={whole} className={page.link}>
              Show all of it
            </a>
          </span>
        ) : (
          <span />
        )}
        <CopyButton
          text={isCut ? text.slice(0, LIMIT) : text}
          label={`Copy ${label.toLowerCase()}`}
        >
          Copy
        </CopyButton>
      </div>
      <pre className={classes.code}>{isCut ? `${text.slice(0, LIMIT)}…` : text}</pre>
    </div>
  )
}

import { formatBytes } from '@/lib/format/bytes'
import { CodeBlock } from '../../_components/ui/code-block'
import { CopyButton } from '../../_components/ui/copy-button'
import ui from '../../_components/ui/ui.module.css'

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
      <div className={`${ui.line} ${ui.apart}`}>
        {isCut ? (
          <span>
            The first {formatBytes(LIMIT)} of {formatBytes(text.length)}.{' '}
            <a href={whole} className={ui.link}>
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
      <CodeBlock text={isCut ? `${text.slice(0, LIMIT)}…` : text} />
    </div>
  )
}

import { formatBytes } from '@/lib/format/bytes'
import { truncate } from '@/lib/format/truncate'
import { CodeBlock } from '../../_components/ui/code-block'
import ui from '../../_components/ui/ui.module.css'

/** Longer JSON is cut: a page has to stay quick. */
const LIMIT = 20_000

type Props = {
  value: unknown
  /** Where all of it is. */
  whole: string
}

/** JSON to read. */
export function JsonBlock({ value, whole }: Props) {
  const text = JSON.stringify(value, null, 2) ?? 'null'
  if (text.length <= LIMIT) return <CodeBlock text={text} />
  return (
    <>
      <p className={ui.note}>
        The first {formatBytes(LIMIT)} of {formatBytes(text.length)}.{' '}
        <a href={whole} className={ui.link}>
          Show all of it
        </a>
      </p>
      <CodeBlock text={`${truncate(text, LIMIT)}…`} />
    </>
  )
}

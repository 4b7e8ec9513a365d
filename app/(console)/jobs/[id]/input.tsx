import { IconFile } from '@tabler/icons-react'
import Link from 'next/link'
import { Fragment } from 'react'
import type { Entry, Part } from '@/app/_server/job-page/readable'
import type { NamedRecord } from '@/app/_server/job-page/records'
import { truncate } from '@/lib/format/truncate'
import type { JobView } from '@/lib/jobs/view'
import { Fact, Facts } from '../../_components/list/facts'
import { CopyButton } from '../../_components/ui/copy-button'
import { Section } from '../../_components/ui/section'
import ui from '../../_components/ui/ui.module.css'
import classes from './job.module.css'
import { JsonBlock } from './json-block'

/** More is not put into the page twice, to be copied; all of it is behind a link. */
const COPIED_UP_TO = 20_000
const MAX_TEXT = 2_000

type Props = {
  job: JobView
  entries: readonly Entry[]
  /** What the ids among the values stand for. */
  records: ReadonlyMap<string, NamedRecord>
}

/** What the job was asked to do, as its form asks for it; and as JSON. */
export function Input({ job, entries, records }: Props) {
  const whole = `/api/v1/jobs/${job.id}`
  const text = JSON.stringify(job.input, null, 2) ?? 'null'
  return (
    <Section
      id="input"
      title="Input"
      action={
        text.length <= COPIED_UP_TO && (
          <CopyButton text={text} label="Copy input">
            Copy
          </CopyButton>
        )
      }
    >
      {entries.length === 0 ? (
        <JsonBlock value={job.input} whole={whole} />
      ) : (
        <>
          <Facts layout="pairs">
            {entries.map(({ path, label, parts, json }) => (
              <Fact key={path} name={label}>
                {json === undefined ? (
                  <Parts parts={parts} records={records} />
                ) : (
                  <JsonBlock value={json} whole={whole} />
                )}
              </Fact>
            ))}
          </Facts>
          <details className={ui.note}>
            <summary>As JSON</summary>
            <JsonBlock value={job.input} whole={whole} />
          </details>
        </>
      )}
    </Section>
  )
}

function Parts({ parts, records }: { parts: Part[]; records: Props['records'] }) {
  return parts.map(({ path, label, text, record }, index) => (
    <Fragment key={path}>
      {index > 0 && ' · '}
      {label && <span className={ui.dim}>{label} </span>}
      {record ? (
        <Named id={text} kind={record} record={records.get(text)} />
      ) : (
        <span className={classes.text}>
          {text.length > MAX_TEXT ? `${truncate(text, MAX_TEXT)}…` : text}
        </span>
      )}
    </Fragment>
  ))
}

type NamedProps = { id: string; kind: string; record: NamedRecord | undefined }

/** A record by its name, with its picture; what is gone by its id. */
function Named({ id, kind, record }: NamedProps) {
  if (!record) {
    return (
      <span className={ui.dim}>
        a {kind} that is gone (<code className={ui.mono}>{id}</code>)
      </span>
    )
  }
  const { name, href, picture } = record
  if (kind === 'endpoint') {
    return (
      <Link href={href} className={ui.link}>
        {name}
      </Link>
    )
  }
  return (
    <a href={href} className={`${ui.link} ${classes.file}`}>
      {picture ? (
        // biome-ignore lint/performance/noImgElement: a private file, shown as it is
        <img src={picture} alt="" loading="lazy" decoding="async" />
      ) : (
        <IconFile size={18} stroke={1.4} aria-hidden />
      )}
      {name}
    </a>
  )
}

'use client'

import { Checkbox, FileButton, Textarea } from '@mantine/core'
import { IconUpload } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { placeholdersIn } from '@/app/_server/mail-list/texts'
import { PlainButton } from '@/app/(console)/_components/ui/button'
import ui from '@/app/(console)/_components/ui/ui.module.css'
import { useFormState } from '@/app/form/action-form'
import { TextField } from '@/app/form/fields'
import formClasses from '@/app/form/form.module.css'
import { useLiveInput } from '@/app/form/generated/live-input'
import { useAnswer } from '@/app/form/use-answer'
import { countOf } from '@/lib/format/count'
import { formatDuration } from '@/lib/format/duration'
import classes from '../new.module.css'
import { type CheckedList, checkList } from './actions'
import { ListCheck } from './list-check'

type Props = {
  /** Milliseconds from one mail to the next, unless others are asked for. */
  staggerMs: number
  /** Mails that start at most, in how many milliseconds. */
  rateLimit: { max: number; durationMs: number } | undefined
}

/** The people of a list, instead of one; says what is in it and what would be sent to whom. */
export function ListFields({ staggerMs, rateLimit }: Props) {
  const { errors, values } = useFormState()
  const { posted, refresh } = useLiveInput()
  const [list, setList] = useState(values.list ?? '')
  const texts = Object.entries(posted).filter(([name]) => name.startsWith('input.'))
  const written = texts.flatMap(([, text]) => placeholdersIn(text).map((each) => each.written))
  const asked = { list, template: posted['input.template'], placeholders: written.join('') }
  const question = list.trim() && asked.template ? JSON.stringify(asked) : ''
  const { answer } = useAnswer<CheckedList>(question, check, undefined)
  const problem = answer?.problem
  const checked = answer?.problem === undefined ? answer : undefined

  // How many mails there are is part of the form, and of what its button says.
  useEffect(() => refresh({ checked }), [checked, refresh])

  async function read(file: File | null) {
    if (file) setList(await file.text())
  }

  return (
    <>
      <Textarea
        name="list"
        label="People"
        description="CSV with a line of column names, one of them email. Write {{name}} in a text above for what stands in the column “name”, or {{name|there}} with a word for where nothing does."
        placeholder={'email,name\nann@example.com,Ann\nbob@example.com,Bob'}
        value={list}
        error={problem ?? errors.list}
        rows={8}
        spellCheck={false}
        wrap="off"
        classNames={{ input: classes.csv }}
        onChange={(event) => setList(event.currentTarget.value)}
      />
      <div>
        <FileButton onChange={read} accept=".csv,.tsv,.txt,text/csv,text/plain">
          {({ onClick }) => (
            <PlainButton size="small" icon={<IconUpload size={15} aria-hidden />} onClick={onClick}>
              Choose a CSV file
            </PlainButton>
          )}
        </FileButton>
      </div>
      {checked && <ListCheck checked={checked} />}
      {checked && checked.counts.bad > 0 && checked.count > 0 && (
        <Checkbox
          name="leaveOutBad"
          label={`Leave out the ${countOf(checked.counts.bad, 'bad row')}`}
          defaultChecked={'leaveOutBad' in values}
        />
      )}
      <p className={ui.note}>
        {willDo(checked?.count ?? 0, Number(posted.staggerMs ?? staggerMs), rateLimit)}
      </p>
      <details className={formClasses.fold} open={Boolean(errors.staggerMs ?? errors.title)}>
        <summary>Pace and name</summary>
        <div>
          <TextField
            name="staggerMs"
            type="number"
            label="Milliseconds apart"
            autoComplete="off"
            defaultValue={String(staggerMs)}
            optional
          />
          <TextField
            name="title"
            label="Name of the batch"
            autoComplete="off"
            placeholder={`Mail to ${countOf(checked?.count ?? 0, 'person', 'people')}`}
            optional
          />
        </div>
      </details>
    </>
  )
}

function check(question: string): Promise<CheckedList> {
  return checkList(JSON.parse(question))
}

function willDo(count: number, staggerMs: number, rateLimit: Props['rateLimit']): string {
  if (count === 0) return 'Nothing is sent before you have seen what is in the list.'
  const staggered = (count - 1) * Math.max(staggerMs, 0)
  const limited = rateLimit ? Math.floor((count - 1) / rateLimit.max) * rateLimit.durationMs : 0
  const last = Math.max(staggered, limited)
  return last === 0 ? 'At once.' : `The last one leaves in about ${formatDuration(last)}.`
}

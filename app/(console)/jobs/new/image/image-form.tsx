'use client'

import { Button, NativeSelect, NumberInput } from '@mantine/core'
import { useRouter } from 'next/navigation'
import { type FormEvent, useState, useTransition } from 'react'
import { WhenReady } from '@/app/form/when-ready'
import type { FieldIssue } from '@/lib/errors/app-error'
import type { FileView } from '@/lib/files/view'
import { countOf } from '@/lib/format/count'
import { keepDraft } from '../../../schedules/draft'
import { issueLookup } from '../issue-lookup'
import form from '../new.module.css'
import { noOptions, type OptionValues, toJobOptions, verbOf } from '../options'
import { OptionsFields } from '../options-fields'
import { runImages } from './actions'
import { DropArea } from './drop-area'
import classes from './image.module.css'
import { type ImageValues, toInput } from './image-values'
import { Preview } from './preview'
import { StepsEditor } from './steps-editor'
import { UploadList } from './upload-list'
import { useUploads } from './use-uploads'
import { whatWillHappen } from './what-will-happen'

const formats = [
  { value: '', label: 'As the original' },
  { value: 'webp', label: 'WebP' },
  { value: 'avif', label: 'AVIF' },
  { value: 'jpeg', label: 'JPEG' },
  { value: 'png', label: 'PNG' },
]

type Props = {
  start: ImageValues
  startFile: FileView | undefined
  startOptions: OptionValues | undefined
  /** The job this one is duplicated from. */
  originalId: string | undefined
}

/** Chooses images and what is done to them; makes one job per image. */
export function ImageForm({ start, startFile, startOptions, originalId }: Props) {
  const router = useRouter()
  const { uploads, add, remove, refuse, change } = useUploads(startFile)
  const [values, setValues] = useState(start)
  const [options, setOptions] = useState(startOptions ?? noOptions)
  const [issues, setIssues] = useState<FieldIssue[]>([])
  const [message, setMessage] = useState<string>()
  const [chosen, setChosen] = useState<string>()
  const [pending, startTransition] = useTransition()

  const ready = uploads.flatMap(({ id, key }) => (id ? [{ id, key }] : []))
  const isSending = uploads.some(({ id, error }) => !id && !error)
  const shown =
    uploads.find(({ key, url }) => key === chosen && url) ?? uploads.find(({ url }) => url)
  const issueOf = issueLookup(issues)
  const jobs = countOf(Math.max(1, ready.length), 'job')

  function onSubmit(event: FormEvent) {
    event.preventDefault()
    if (ready.length === 0) {
      return setMessage(
        isSending ? 'Wait until the images are uploaded.' : 'Choose at least one image.',
      )
    }
    if (options.when === 'schedule') {
      const [only, ...others] = ready
      if (others.length > 0 || !only) {
        return setMessage('A schedule works on one image: remove the others.')
      }
      const input = { fileId: only.id, ...toInput(values) }
      return router.push(keepDraft({ type: 'image', input }))
    }
    startTransition(async () => {
      const ids = ready.map(({ id }) => id)
      const outcomes = await runImages(ids, toInput(values), toJobOptions(options, originalId))
      const refused = outcomes.flatMap((outcome) => ('problem' in outcome ? [outcome] : []))
      const made = outcomes.flatMap((outcome) => ('jobId' in outcome ? [outcome] : []))
      if (refused.length === 0) {
        const [only] = made
        return router.push(made.length === 1 && only ? `/jobs/${only.jobId}` : '/jobs?type=image')
      }
      for (const { fileId } of made) {
        const key = ready.find(({ id }) => id === fileId)?.key
        if (key) remove(key)
      }
      const [first] = refused
      setIssues(first?.problem.issues ?? [])
      for (const { fileId, problem } of refused) {
        const issue = problem.issues.find(({ path }) => path === 'input.fileId')
        const key = ready.find(({ id }) => id === fileId)?.key
        if (issue && key) change(key, { error: issue.message })
      }
      const started = made.length > 0 ? `${countOf(made.length, 'job')} started. ` : ''
      const why =
        first && first.problem.issues.length === 0
          ? first.problem.message
          : `${countOf(refused.length, 'image')} cannot be done like this; see below.`
      setMessage(started + why)
    })
  }

  return (
    <div className={form.columns}>
      <form className={form.form} onSubmit={onSubmit} noValidate>
        <WhenReady>
          {message && (
            <p className={form.problem} role="alert">
              {message}
            </p>
          )}
          <DropArea onFiles={add} onRefused={refuse} />
          <UploadList uploads={uploads} shown={shown?.key} onShow={setChosen} onRemove={remove} />
          <StepsEditor
            steps={values.steps}
            errors={issueOf}
            onChange={(steps) => {
              setIssues([])
              setValues({ ...values, steps })
            }}
          />
          <div className={classes.fields}>
            <NativeSelect
              label="Format"
              data={formats}
              value={values.format}
              error={issueOf('input.format')}
              onChange={(event) => setValues({ ...values, format: event.currentTarget.value })}
            />
            {values.format !== 'png' && (
              <NumberInput
                label="Quality"
                min={1}
                max={100}
                placeholder="usual"
                value={values.quality}
                error={issueOf('input.quality')}
                onChange={(quality) => setValues({ ...values, quality: String(quality) })}
              />
            )}
          </div>
          <OptionsFields values={options} errors={issueOf} onChange={setOptions} />
          <div className={form.submit}>
            <Button type="submit" loading={pending}>
              {verbOf(options, `Run ${jobs}`, `Schedule ${jobs}`)}
            </Button>
            <p className={form.will}>{whatWillHappen(values, ready.length)}</p>
          </div>
        </WhenReady>
      </form>
      <Preview url={shown?.url} name={shown?.name ?? ''} values={values} />
    </div>
  )
}

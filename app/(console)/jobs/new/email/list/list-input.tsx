'use client'

import { FileButton, Textarea } from '@mantine/core'
import { IconUpload } from '@tabler/icons-react'
import { useRef } from 'react'
import { useInBrowser } from '@/app/(console)/_components/time/ticker'
import { PlainButton } from '@/app/(console)/_components/ui/button'
import classes from '../../new.module.css'

type Props = {
  /** Names that the template knows. */
  columns: string[]
  start: string
  error: string | undefined
  onChange(): void
  /** A file was chosen, and its text is in the field. */
  onFile(): void
}

/** Where the list is pasted, or filled in from a file. */
export function ListInput({ columns, start, error, onChange, onFile }: Props) {
  const field = useRef<HTMLTextAreaElement>(null)
  const inBrowser = useInBrowser()

  async function fill(file: File | null) {
    if (!file || !field.current) return
    field.current.value = await file.text()
    onChange()
    onFile()
  }

  return (
    <div className={classes.list}>
      <Textarea
        ref={field}
        name="list"
        label="People"
        description={`CSV with a line of column names: email${columns.map((name) => `, ${name}`).join('')}, subject. Only email is needed.`}
        placeholder={'email,name\nann@example.com,Ann\nbob@example.com,Bob'}
        defaultValue={start}
        error={error}
        rows={9}
        spellCheck={false}
        wrap="off"
        classNames={{ input: classes.csv }}
        onChange={onChange}
      />
      {inBrowser ? (
        <FileButton onChange={fill} accept=".csv,.tsv,.txt,text/csv,text/plain">
          {({ onClick }) => (
            <PlainButton size="small" icon={<IconUpload size={15} aria-hidden />} onClick={onClick}>
              Choose a CSV file
            </PlainButton>
          )}
        </FileButton>
      ) : (
        <label>
          Or a file: <input type="file" name="file" accept=".csv,.tsv,.txt,text/csv,text/plain" />
        </label>
      )}
    </div>
  )
}

'use client'

import { TextInput, type TextInputProps } from '@mantine/core'
import { useId, useState } from 'react'
import { useInBrowser } from '@/app/(console)/_components/time/ticker'

type Props = TextInputProps & {
  /** Empty: the browser's. */
  start: string
}

/** A time zone, the browser's unless another is chosen. */
export function TimezoneField({ start, ...props }: Props) {
  const inBrowser = useInBrowser()
  const [typed, setTyped] = useState<string>()
  const list = useId()
  const own = inBrowser ? Intl.DateTimeFormat().resolvedOptions().timeZone : 'UTC'
  return (
    <>
      <TextInput
        {...props}
        value={typed ?? (start || own)}
        onChange={(event) => setTyped(event.currentTarget.value)}
        list={list}
        spellCheck={false}
        autoComplete="off"
      />
      <datalist id={list}>
        {['UTC', ...(inBrowser ? Intl.supportedValuesOf('timeZone') : [])].map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </>
  )
}

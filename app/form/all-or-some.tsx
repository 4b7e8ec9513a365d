'use client'

import { Checkbox, Radio, Stack } from '@mantine/core'
import { type ReactNode, useState } from 'react'

type Props = {
  /** Of the two buttons; the boxes are called `itemName`. */
  name: string
  itemName: string
  label: string
  description?: string
  /** What it is called to choose every one. */
  all: string
  choices: readonly { value: string; label: string; description?: string }[]
  /** Null: all of them. */
  start: readonly string[] | null
  children?: ReactNode
}

/** All of some things, or only those that are ticked. */
export function AllOrSome({ name, itemName, all, choices, start, children, ...group }: Props) {
  const [scope, setScope] = useState(start === null ? 'all' : 'some')
  return (
    <>
      <Radio.Group name={name} value={scope} onChange={setScope} {...group}>
        <Stack gap="xs" mt="xs">
          <Radio value="all" label={all} />
          <Radio value="some" label="Only these" />
        </Stack>
      </Radio.Group>
      {scope === 'some' && (
        <Stack gap="xs" pl={28}>
          {choices.map(({ value, ...choice }) => (
            <Checkbox
              key={value}
              name={itemName}
              value={value}
              {...choice}
              defaultChecked={start?.includes(value) ?? false}
            />
          ))}
          {children}
        </Stack>
      )}
    </>
  )
}

'use client'

import { Textarea } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useInBrowser } from '@/app/(console)/_components/time/ticker'
import { PlainButton } from '@/app/(console)/_components/ui/button'
import type { FieldIssue } from '@/lib/errors/app-error'
import classes from './schema-fields.module.css'

/** One object of the list, with the name its fields begin with. */
type FieldItem = {
  name: string
  label: string
  value: unknown
  issues: readonly FieldIssue[]
}

type Props = {
  name: string
  label: string
  /** What one of them is called; may be empty. */
  itemLabel: string
  description: string | undefined
  values: readonly unknown[]
  /** The list as JSON: how it is asked for without scripts. */
  text: string
  error: string | undefined
  issues: readonly FieldIssue[]
  children: (item: FieldItem) => ReactNode
}

/** A list of objects that grows and shrinks; without scripts it is JSON. */
export function FieldItems({ name, label, description, values, children, ...props }: Props) {
  const { itemLabel, text, error, issues } = props
  const noun = itemLabel || label
  const inBrowser = useInBrowser()
  const [items, setItems] = useState(() => values.map((value, key) => ({ key, value })))
  const [next, setNext] = useState(values.length)
  // Issues name places, which are others once something was added or removed.
  const [passed, setPassed] = useState<readonly FieldIssue[]>()
  const current = passed === issues ? [] : issues
  const own = current.find(({ path }) => path === name)

  if (!inBrowser) {
    const hint = [description, 'As JSON.'].filter(Boolean).join(' ')
    return (
      <Textarea
        {...{ name, label, error }}
        description={hint}
        autosize
        minRows={3}
        maxRows={20}
        spellCheck={false}
        classNames={{ input: classes.json }}
        defaultValue={text}
      />
    )
  }

  function change(to: typeof items) {
    setItems(to)
    setPassed(issues)
  }

  return (
    <fieldset className={classes.group}>
      <legend>{label}</legend>
      {description && <p>{description}</p>}
      {items.map(({ key, value }, place) => (
        <div key={key} className={classes.item}>
          {children({
            name: `${name}.${place}`,
            label: `${noun} ${place + 1}`,
            value,
            issues: current,
          })}
          <PlainButton
            size="small"
            icon={<IconX size={14} aria-hidden />}
            aria-label={`Remove ${noun.toLowerCase()} ${place + 1}`}
            onClick={() => change(items.filter((item) => item.key !== key))}
          >
            Remove
          </PlainButton>
        </div>
      ))}
      {own && (
        <p className={classes.error} role="alert">
          {own.message}
        </p>
      )}
      <PlainButton
        size="small"
        icon={<IconPlus size={14} aria-hidden />}
        onClick={() => {
          change([...items, { key: next, value: undefined }])
          setNext(next + 1)
        }}
      >
        {itemLabel ? `Add ${itemLabel.toLowerCase()}` : `Add to ${label.toLowerCase()}`}
      </PlainButton>
    </fieldset>
  )
}

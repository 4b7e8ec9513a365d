'use client'

import { Textarea } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconPlus, IconX } from '@tabler/icons-react'
import { type ReactNode, useEffect, useState } from 'react'
import type { Field, Variant } from '@/app/_server/forms/field'
import type { FormState } from '@/app/_server/forms/form-state'
import { propertyOf } from '@/app/_server/forms/write'
import { PlainButton } from '@/app/(console)/_components/ui/button'
import { FormContext, useFormState } from '../action-form'
import { Problem } from '../fields'
import { initialState } from '../use-action'
import { useLiveInput } from './live-input'
import type { Placed } from './placed'
import classes from '../form.module.css'
import { WhenReady } from '../when-ready'

type Item = { key: number; value: unknown }
type Props = Placed<Extract<Field, { kind: 'items' }>> & {
  /** The list as JSON: how it is asked for without scripts. */
  text: string
  /** The fields of one object. */
  children(fields: readonly Field[], value: unknown, prefix: string): ReactNode
}

/** A list of objects that grows, shrinks and is put in order; without scripts it is JSON. */
export function FieldItems({ field, name, value, text, children }: Props) {
  const { label, description, item } = field
  const noun = item.label || label
  const state = useFormState()
  const { refresh } = useLiveInput()
  const [items, setItems] = useState<Item[]>(() =>
    Array.isArray(value) ? value.map((each: unknown, key) => ({ key, value: each })) : [],
  )
  const [next, setNext] = useState(items.length)
  // Errors name places, which are others once something was added, moved or removed.
  const [passed, setPassed] = useState<FormState>()
  const current = passed === state ? initialState : state
  useEffect(() => refresh(items), [items, refresh])

  function change(to: Item[]) {
    setItems(to)
    setPassed(state)
  }

  function add(start: unknown) {
    change([...items, { key: next, value: start }])
    setNext(next + 1)
  }

  function swap(place: number, other: number) {
    const [one, two] = [items[place], items[other]]
    if (one && two) change(items.with(place, two).with(other, one))
  }

  const moves = (at: number) => [
    { does: 'Move it up', Icon: IconArrowUp, disabled: at === 0, onClick: () => swap(at, at - 1) },
    {
      does: 'Move it down',
      Icon: IconArrowDown,
      disabled: at === items.length - 1,
      onClick: () => swap(at, at + 1),
    },
    { does: 'Remove it', Icon: IconX, onClick: () => change(items.toSpliced(at, 1)) },
  ]
  const icon = <IconPlus size={14} aria-hidden />
  return (
    <>
      <WhenReady>
        <fieldset className={classes.items}>
          <legend>{label}</legend>
          {description && <p>{description}</p>}
          {items.map((one, place) => {
            const shape = shapeOf(item, one.value)
            const title = shape.variant?.label ?? noun
            const its = `${name}.${place}`
            return (
              <fieldset
                key={one.key}
                className={classes.item}
                aria-label={`${place + 1}. ${title}`}
              >
                <div className={classes.head}>
                  <strong>
                    {place + 1}. {title}
                  </strong>
                  {moves(place).map(({ does, Icon, ...button }) => (
                    <PlainButton
                      key={does}
                      kind="quiet"
                      size="small"
                      aria-label={does.replace('it', `${noun.toLowerCase()} ${place + 1}`)}
                      icon={<Icon size={15} aria-hidden />}
                      {...button}
                    />
                  ))}
                </div>
                {shape.variant && (
                  <input type="hidden" name={`${its}.${shape.tag}`} value={shape.variant.value} />
                )}
                <FormContext value={current}>{children(shape.fields, one.value, its)}</FormContext>
                <Problem>{current.errors[its]}</Problem>
              </fieldset>
            )
          })}
          <Problem>{current.errors[name]}</Problem>
          <div className={classes.add}>
            {item.kind === 'variants' ? (
              item.variants.map((variant) => (
                <PlainButton
                  key={variant.value}
                  size="small"
                  icon={icon}
                  onClick={() => add({ [item.tag]: variant.value })}
                >
                  {variant.label}
                </PlainButton>
              ))
            ) : (
              <PlainButton size="small" icon={icon} onClick={() => add(undefined)}>
                {item.label ? `Add ${item.label.toLowerCase()}` : `Add to ${label.toLowerCase()}`}
              </PlainButton>
            )}
          </div>
        </fieldset>
      </WhenReady>
      <noscript>
        <Textarea
          name={name}
          label={label}
          description="As JSON."
          error={state.errors[name]}
          autosize
          minRows={3}
          maxRows={20}
          spellCheck={false}
          classNames={{ input: classes.json }}
          defaultValue={text}
        />
      </noscript>
    </>
  )
}

type Shape = { tag: string; variant: Variant | undefined; fields: readonly Field[] }

/** The fields of one object: its own, or those of the shape it has. */
function shapeOf(item: Field, value: unknown): Shape {
  if (item.kind === 'group') return { tag: '', variant: undefined, fields: item.fields }
  if (item.kind !== 'variants') return { tag: '', variant: undefined, fields: [item] }
  const { tag, variants } = item
  const variant = variants.find((candidate) => candidate.value === propertyOf(value, tag))
  return { tag, variant, fields: variant?.fields ?? [] }
}

'use client'

import { NativeSelect, NumberInput, TextInput } from '@mantine/core'
import { gravities } from '@/lib/jobs/types/image-choices'
import classes from './image.module.css'
import type { Step } from './image-values'
import { MarkImage } from './mark-image'

type Of<T extends Step['type']> = Extract<Step, { type: T }>
type Fields<T extends Step['type']> = {
  step: Of<T>
  errors(field: string): string | undefined
  onChange(step: Step): void
}

const fits = [
  { value: 'cover', label: 'Fill it, cutting what is over' },
  { value: 'contain', label: 'Fit inside, filling the rest' },
  { value: 'inside', label: 'Fit inside' },
  { value: 'outside', label: 'Cover it, without cutting' },
  { value: 'fill', label: 'Stretch' },
]

const places: Record<(typeof gravities)[number], string> = {
  northwest: 'top left',
  north: 'top',
  northeast: 'top right',
  west: 'left',
  center: 'middle',
  east: 'right',
  southwest: 'bottom left',
  south: 'bottom',
  southeast: 'bottom right',
}

/** The fields of one step. */
export function StepFields({ step, ...props }: Fields<Step['type']>) {
  switch (step.type) {
    case 'resize':
      return <Resize step={step} {...props} />
    case 'crop':
      return <Crop step={step} {...props} />
    case 'watermark':
      return <Watermark step={step} {...props} />
  }
}

function Resize({ step, errors, onChange }: Fields<'resize'>) {
  return (
    <div className={classes.fields}>
      <Pixels
        label="Width"
        value={step.width}
        error={errors('width')}
        onChange={(width) => onChange({ ...step, width })}
      />
      <Pixels
        label="Height"
        placeholder="auto"
        value={step.height}
        error={errors('height')}
        onChange={(height) => onChange({ ...step, height })}
      />
      {step.height !== '' && (
        <NativeSelect
          label="Fit"
          className={classes.wideField}
          data={fits}
          value={step.fit}
          error={errors('fit')}
          onChange={(event) => onChange({ ...step, fit: event.currentTarget.value })}
        />
      )}
    </div>
  )
}

function Crop({ step, errors, onChange }: Fields<'crop'>) {
  const field = (name: 'left' | 'top' | 'width' | 'height', label: string) => (
    <Pixels
      label={label}
      value={step[name]}
      error={errors(name)}
      onChange={(value) => onChange({ ...step, [name]: value })}
    />
  )
  return (
    <div className={classes.fields}>
      {field('left', 'From left')}
      {field('top', 'From top')}
      {field('width', 'Width')}
      {field('height', 'Height')}
    </div>
  )
}

function Watermark({ step, errors, onChange }: Fields<'watermark'>) {
  return (
    <div className={classes.fields}>
      {!step.file && (
        <TextInput
          label="Text"
          className={classes.wideField}
          placeholder="© Ann"
          maxLength={200}
          value={step.text}
          error={errors('text')}
          onChange={(event) => onChange({ ...step, text: event.currentTarget.value })}
        />
      )}
      <MarkImage
        file={step.file}
        error={errors('fileId')}
        onChange={(file) => onChange({ ...step, file })}
      />
      <NativeSelect
        label="Place"
        className={classes.wideField}
        data={gravities.map((value) => ({ value, label: places[value] }))}
        value={step.gravity}
        error={errors('gravity')}
        onChange={(event) => onChange({ ...step, gravity: event.currentTarget.value })}
      />
    </div>
  )
}

type PixelsProps = {
  label: string
  value: string
  error: string | undefined
  placeholder?: string
  onChange(value: string): void
}

function Pixels({ onChange, ...props }: PixelsProps) {
  return (
    <NumberInput
      {...props}
      min={0}
      allowDecimal={false}
      allowNegative={false}
      suffix=" px"
      onChange={(value) => onChange(String(value))}
    />
  )
}

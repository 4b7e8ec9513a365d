'use client'

import { IconCrop, IconPlus, IconResize, IconWriting, IconX } from '@tabler/icons-react'
import { PlainButton } from '../../../_components/ui/button'
import classes from './image.module.css'
import { newStep, type Step } from './image-values'
import { StepFields } from './step-fields'

const kinds = [
  { type: 'resize', label: 'Resize', icon: IconResize },
  { type: 'crop', label: 'Crop', icon: IconCrop },
  { type: 'watermark', label: 'Watermark', icon: IconWriting },
] as const

const MAX_STEPS = 20

type Props = {
  steps: Step[]
  /** Finds the message of a path such as `input.operations.0.width`. */
  errors(path: string, exact?: boolean): string | undefined
  onChange(steps: Step[]): void
}

/** What is done to each image, in order. */
export function StepsEditor({ steps, errors, onChange }: Props) {
  const replace = (index: number, step: Step) => onChange(steps.with(index, step))

  function swap(index: number, other: number) {
    const [a, b] = [steps[index], steps[other]]
    if (a && b) onChange(steps.with(index, b).with(other, a))
  }

  return (
    <fieldset className={classes.steps}>
      <legend>Steps</legend>
      {steps.length > 0 && (
        <ol>
          {steps.map((step, index) => {
            const kind = kinds.find(({ type }) => type === step.type)
            const Icon = kind?.icon ?? IconResize
            const path = `input.operations.${index}`
            const ownError = errors(path, true)
            return (
              <li key={step.key}>
                <div className={classes.stepHead}>
                  <Icon size={16} aria-hidden />
                  <strong>
                    {index + 1}. {kind?.label}
                  </strong>
                  <PlainButton
                    kind="quiet"
                    size="small"
                    aria-label={`Move step ${index + 1} up`}
                    disabled={index === 0}
                    onClick={() => swap(index, index - 1)}
                  >
                    ↑
                  </PlainButton>
                  <PlainButton
                    kind="quiet"
                    size="small"
                    aria-label={`Move step ${index + 1} down`}
                    disabled={index === steps.length - 1}
                    onClick={() => swap(index, index + 1)}
                  >
                    ↓
                  </PlainButton>
                  <PlainButton
                    kind="quiet"
                    size="small"
                    aria-label={`Remove step ${index + 1}`}
                    icon={<IconX size={15} aria-hidden />}
                    onClick={() => onChange(steps.toSpliced(index, 1))}
                  />
                </div>
                <StepFields
                  step={step}
                  errors={(field) => errors(`${path}.${field}`)}
                  onChange={(changed) => replace(index, changed)}
                />
                {ownError && (
                  <p className={classes.stepError} role="alert">
                    {ownError}
                  </p>
                )}
              </li>
            )
          })}
        </ol>
      )}
      <div className={classes.addStep}>
        {kinds.map(({ type, label }) => (
          <PlainButton
            key={type}
            size="small"
            icon={<IconPlus size={14} aria-hidden />}
            disabled={steps.length >= MAX_STEPS}
            onClick={() => onChange([...steps, newStep(type)])}
          >
            {label}
          </PlainButton>
        ))}
      </div>
    </fieldset>
  )
}

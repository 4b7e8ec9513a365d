'use client'

import { createContext } from 'react'
import type { Field } from '@/app/_server/forms/field'
import type { RecordChoices } from '@/app/_server/forms/records'

/** A field, the name it is posted under, and what it starts from. */
export type Placed<F extends Field = Field> = { field: F; name: string; value: unknown }

/** The records that fields can name; without them they ask for an id. */
export const Records = createContext<RecordChoices | undefined>(undefined)

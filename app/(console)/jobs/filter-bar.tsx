import { IconUser } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { type Choice, Choose, FilterForm, Search } from '../_components/list/filter-form'
import { linkedNames, type Shown } from './shown'

type Props = {
  /** What the list is filtered by; empty where it is not. */
  shown: Shown
  /** The owner that an admin looks for, by a part of a name or email; undefined for others. */
  who: string | undefined
  choices: { types: Choice[]; statuses: Choice[]; periods: Choice[] }
  /** What else than the fields the list is filtered by. */
  linked: ReactNode
  /** The list. */
  children: ReactNode
}

/** The filters of the list of jobs. */
export function FilterBar({ shown, who, choices, linked, children }: Props) {
  const fields = (
    <>
      <Choose name="type" label="Type" any="All types" value={shown.type} from={choices.types} />
      <Choose
        name="status"
        label="Status"
        any="Any status"
        value={shown.status}
        from={choices.statuses}
      />
      <Choose
        name="period"
        label="Period"
        any="Any time"
        value={shown.period}
        from={choices.periods}
      />
      <Search
        name="q"
        aria-label="Search input, tags and errors"
        placeholder="Search input, tags, errors…"
        maxLength={200}
        defaultValue={shown.q}
      />
      {who !== undefined && !shown.owner && (
        <Search
          icon={<IconUser size={15} aria-hidden />}
          name="who"
          aria-label="Owner, by name or email"
          placeholder="Owner…"
          maxLength={100}
          defaultValue={who}
        />
      )}
      {linkedNames.map(
        (name) => shown[name] && <input key={name} type="hidden" name={name} value={shown[name]} />,
      )}
      {linked}
    </>
  )
  return (
    <FilterForm path="/jobs" shown={{ ...shown, who: who ?? '' }} fields={fields}>
      {children}
    </FilterForm>
  )
}

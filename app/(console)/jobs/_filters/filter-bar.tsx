import type { ReactNode } from 'react'
import { definitions } from '@/lib/jobs/catalog'
import { statusesOf, statusNames, statusWords } from '@/lib/jobs/status'
import { Choose, ChooseDay, ChooseSeveral, Search } from '../../_components/list/filter-fields'
import { FilterForm } from '../../_components/list/filter-form'
import { Menu } from '../../_components/list/menu'
import { linkedNames, periods, type Shown } from './query'

const types = definitions.map(({ type, label }) => ({ value: type, label }))
const statuses = statusesOf(statusNames.join()).map((status) => ({
  value: status.toLowerCase(),
  label: statusWords[status].label,
  note: statusWords[status].meaning,
}))

type Props = {
  /** What the list is filtered by; empty where it is not. */
  shown: Shown
  isAdmin: boolean
  /** The filters that have no field. */
  linked: ReactNode
  /** The list. */
  children: ReactNode
}

/** The filters of the list of jobs. */
export function FilterBar({ shown, isAdmin, linked, children }: Props) {
  const { type, status, period, since, until, q } = shown
  const days = [since, until].filter(Boolean).join(' – ')
  const known = periods.some(({ value }) => value === period)
  const choices =
    known || !period ? periods : [...periods, { value: period, label: `Since ${period}` }]
  const time = choices.find(({ value }) => value === period)?.label ?? (days || 'Any time')
  const example = `status:failed,retrying tag:orders ${isAdmin ? 'owner:eva ' : ''}since:yesterday`
  return (
    <FilterForm
      path="/jobs"
      shown={shown}
      search={
        <Search
          name="q"
          aria-label="Search jobs"
          aria-keyshortcuts="/"
          placeholder={`Search, or ${example}`}
          title={`Titles, input, tags and errors; or words such as ${example}`}
          maxLength={400}
          defaultValue={q}
        />
      }
      fields={
        <>
          <ChooseSeveral
            name="status"
            label="Status"
            any="Any status"
            values={status?.split(',') ?? []}
            from={statuses}
          />
          <Choose name="type" label="Type" any="All types" value={type} from={types} />
          <Menu label={time} name={`Created: ${time}`}>
            <Choose name="period" label="Period" any="Any time" value={period} from={choices} />
            <ChooseDay name="since" label="From" value={since} />
            <ChooseDay name="until" label="To" value={until} />
          </Menu>
        </>
      }
      chips={
        <>
          {linkedNames.map(
            (name) =>
              shown[name] && <input key={name} type="hidden" name={name} value={shown[name]} />,
          )}
          {linked}
        </>
      }
    >
      {children}
    </FilterForm>
  )
}

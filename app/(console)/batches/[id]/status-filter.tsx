import { formatCount } from '@/lib/format/count'
import { statusNames, statusOf, statusWords } from '@/lib/jobs/status'
import { Tabs } from '../../_components/list/tabs'

type Props = {
  href: string
  counts: Record<string, number>
  /** The status that is shown; undefined: all. */
  current: string | undefined
  total: number
}

/** Narrows the list to one status; links, so that they work without scripts. */
export function StatusFilter({ href, counts, current, total }: Props) {
  const choices = statusNames.flatMap((name) => {
    const status = statusOf(name)
    const count = counts[name] ?? 0
    if (!status || (count === 0 && name !== current)) return []
    return [{ name, label: statusWords[status].label, count }]
  })
  return (
    <Tabs
      label="Jobs by status"
      look="pills"
      inPlace
      tabs={[
        { href, label: `All ${formatCount(total)}`, isCurrent: !current },
        ...choices.map(({ name, label, count }) => ({
          href: `${href}?status=${name}`,
          label: `${label} ${formatCount(count)}`,
          isCurrent: current === name,
        })),
      ]}
    />
  )
}

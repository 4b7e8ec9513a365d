import { definitions } from '@/lib/jobs/catalog'
import { TypeIcon } from '../../_components/job/type-icon'
import { List, Row } from '../../_components/list/list'
import ui from '../../_components/ui/ui.module.css'

/** The job types that people can choose, each leading to its form. */
export function TypeChoice({ query = '' }: { query?: string }) {
  const offered = definitions.filter(({ userFacing }) => userFacing)
  return (
    <div className={ui.narrow}>
      <List label="Job types">
        {offered.map(({ type, label, description }) => (
          <Row
            key={type}
            start={<TypeIcon type={type} size={24} />}
            title={label}
            href={`/jobs/new/${type}${query}`}
            note={<p className={ui.note}>{description}</p>}
          />
        ))}
      </List>
    </div>
  )
}

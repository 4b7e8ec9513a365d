import { IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import type { Dependency } from '@/app/_server/health/details'
import { Cell, List, Row } from '../../_components/list/list'
import ui from '../../_components/ui/ui.module.css'

const ICON = { size: 18, 'aria-hidden': true } as const

/** How what the installation stands on is. */
export function HealthList({ dependencies }: { dependencies: Dependency[] }) {
  return (
    <List label="What it stands on">
      {dependencies.map(({ name, status, latencyMs, facts, warnings }) => (
        <Row
          key={name}
          start={status === 'ok' ? <IconCircleCheck {...ICON} /> : <IconCircleX {...ICON} />}
          status={status === 'ok' ? 'completed' : 'failed'}
          title={<h3>{name}</h3>}
          note={
            <>
              <p className={ui.note}>{facts.join(' · ')}</p>
              {warnings.map((warning) => (
                <p key={warning} className={ui.tone} data-status="retrying">
                  {warning}
                </p>
              ))}
            </>
          }
        >
          <Cell end>{status === 'ok' ? `${latencyMs} ms` : 'Down'}</Cell>
        </Row>
      ))}
    </List>
  )
}

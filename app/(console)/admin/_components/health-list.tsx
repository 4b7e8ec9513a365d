import { IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import type { Dependency } from '@/lib/health/details'
import classes from '../admin.module.css'

/** How what the installation stands on is. */
export function HealthList({ dependencies }: { dependencies: Dependency[] }) {
  return (
    <ul className={classes.health}>
      {dependencies.map(({ name, status, latencyMs, facts, warnings }) => (
        <li key={name} data-status={status}>
          <h3>
            {status === 'ok' ? (
              <IconCircleCheck size={16} aria-hidden />
            ) : (
              <IconCircleX size={16} aria-hidden />
            )}
            {name}
            <span>{status === 'ok' ? `${latencyMs} ms` : 'Down'}</span>
          </h3>
          <p>{facts.join(' · ')}</p>
          {warnings.map((warning) => (
            <p key={warning} className={classes.warning}>
              {warning}
            </p>
          ))}
        </li>
      ))}
    </ul>
  )
}

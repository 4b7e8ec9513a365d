import type { ReactNode } from 'react'
import ui from '../_components/ui/ui.module.css'

type Props = { title: string; lead?: ReactNode; children: ReactNode }

/** One subject of a settings page. */
export function Section({ title, lead, children }: Props) {
  return (
    <section className={ui.card}>
      <h2>{title}</h2>
      {lead && <p className={ui.dim}>{lead}</p>}
      <div className={ui.stack}>{children}</div>
    </section>
  )
}

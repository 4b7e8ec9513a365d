import Link from 'next/link'
import type { ReactNode } from 'react'
import type { EndpointView } from '@/lib/webhooks/endpoint-view'
import page from '../../_components/ui/page.module.css'
import { EndpointState } from '../endpoint-state'
import { placeOf } from '../endpoint-words'
import classes from '../webhooks.module.css'

type Props = {
  endpoint: EndpointView
  /** Buttons. */
  children: ReactNode
}

/** Where the endpoint leads, and whether it gets its webhooks. */
export function Header({ endpoint, children }: Props) {
  return (
    <header className={page.header}>
      <div className={page.heading}>
        <Link href="/webhooks" className={page.back}>
          ‹ Webhooks
        </Link>
        <div className={classes.titleLine}>
          <h1 className={page.title}>{placeOf(endpoint.url)}</h1>
          <EndpointState {...endpoint} />
        </div>
        {endpoint.description && <p className={page.lead}>{endpoint.description}</p>}
      </div>
      <div className={page.actions}>{children}</div>
    </header>
  )
}

'use client'

import { Logo } from './logo'
import classes from './outside.module.css'

/** What is shown when not even the frame could be made. */
export default function RootError({ error }: { error: Error & { digest?: string } }) {
  return (
    <main className={classes.page}>
      <Logo size={40} />
      <h1>Millrace cannot answer right now</h1>
      <p>
        Perhaps its database is away. Nothing is lost: jobs that were accepted go on.
        {error.digest ? ` The server's log has more under ${error.digest}.` : ''}
      </p>
      <button type="button" onClick={() => location.reload()}>
        Try again
      </button>
    </main>
  )
}

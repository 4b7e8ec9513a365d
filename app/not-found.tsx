import { Logo } from './logo'
import classes from './outside.module.css'

/** An address that leads nowhere. */
export default function NotFound() {
  return (
    <main className={classes.page}>
      <Logo size={40} />
      <h1>There is nothing here</h1>
      <p>The address may have a mistake, or what was here is gone.</p>
      <a href="/">Go to the overview</a>
    </main>
  )
}

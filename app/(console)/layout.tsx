import type { ReactNode } from 'react'
import { countOpenAlerts } from '@/app/_server/alerts/list'
import { requireViewer } from '@/app/_server/auth/session'
import { markPage } from '@/app/_server/live/hub'
import { countUnread } from '@/app/_server/notifications/read'
import { definitions } from '@/lib/jobs/catalog'
import classes from './_components/frame/frame.module.css'
import { Nav } from './_components/frame/nav'
import { ProgressLine } from './_components/frame/progress-line'
import { Shortcuts } from './_components/frame/shortcuts'
import { TopLine } from './_components/frame/top-line'
import { LiveConnection } from './_components/live/live-connection'

/** The frame of every page that one sees signed in. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  // The frame and its page are rendered side by side: this comes before either reads anything.
  const mark = markPage()
  const viewer = await requireViewer()
  const isAdmin = viewer.role === 'ADMIN'
  const [unread, alerts] = await Promise.all([
    countUnread(viewer),
    isAdmin ? countOpenAlerts(viewer) : 0,
  ])
  return (
    <div className={classes.frame}>
      <nav aria-label="Skip" className={classes.skip}>
        <a href="#content">Skip to content</a>
      </nav>
      <Nav isAdmin={isAdmin} alerts={alerts} />
      <div className={classes.column}>
        <TopLine name={viewer.name} email={viewer.email} unread={unread} alerts={alerts} />
        <LiveConnection everybody={isAdmin} mark={mark} />
        <main id="content" tabIndex={-1} className={classes.main}>
          <ProgressLine />
          {children}
        </main>
      </div>
      <Shortcuts
        isAdmin={isAdmin}
        types={definitions
          .filter(({ userFacing }) => userFacing)
          .map(({ type, label }) => ({ type, label }))}
      />
    </div>
  )
}

import type { ReactNode } from 'react'
import classes from './ui.module.css'

type Props = {
  icon: ReactNode
  title: string
  /** There is nothing else on the page. */
  isPage?: boolean
  children: ReactNode
  action?: ReactNode
}

/** What a list says when there is nothing in it. */
export function Empty({ icon, title, isPage = false, children, action }: Props) {
  const Title = isPage ? 'h1' : 'h2'
  return (
    <div className={classes.empty}>
      {icon}
      <Title>{title}</Title>
      <p>{children}</p>
      {action}
    </div>
  )
}

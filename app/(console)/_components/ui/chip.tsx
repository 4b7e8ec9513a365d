import { IconBan, IconCheck, IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './ui.module.css'

const icons = { completed: IconCheck, failed: IconX, canceled: IconBan } as const

type Props = {
  /** Whose colours it has, and whose icon. */
  status: string
  icon?: ReactNode
  /** What it means. */
  title?: string
  children: ReactNode
}

/** How something stands, in a word: icon, word and colour. */
export function Chip({ status, icon, title, children }: Props) {
  const Icon = Object.entries(icons).find(([name]) => name === status)?.[1]
  return (
    <span className={classes.chip} data-status={status} title={title}>
      {icon ?? (Icon && <Icon size={14} stroke={2.2} aria-hidden />)}
      {children}
    </span>
  )
}

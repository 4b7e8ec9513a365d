import {
  IconCalendarRepeat,
  IconLayoutDashboard,
  IconListDetails,
  IconMailOpened,
  IconPhoto,
  IconPlus,
  IconSettings,
  IconShieldCog,
  IconWebhook,
} from '@tabler/icons-react'

/** The rooms of the console, in the sidebar's order. `below`: its pages count as being there, and `also` these. */
export const navItems = [
  { href: '/', label: 'Overview', icon: IconLayoutDashboard, below: false },
  {
    href: '/jobs',
    label: 'Jobs',
    icon: IconListDetails,
    below: true,
    also: ['/errors', '/batches'],
  },
  { href: '/schedules', label: 'Schedules', icon: IconCalendarRepeat, below: true },
  { href: '/files', label: 'Files', icon: IconPhoto, below: true },
  { href: '/outbox', label: 'Outbox', icon: IconMailOpened, below: true },
  { href: '/webhooks', label: 'Webhooks', icon: IconWebhook, below: true },
  { href: '/settings', label: 'Settings', icon: IconSettings, below: true },
] as const

/** The room of admins; everyone else does not know it. */
export const adminItem = {
  href: '/admin',
  label: 'Admin',
  icon: IconShieldCog,
  below: true,
} as const

/** The page that the sidebar's button leads to. */
export const newJob = { href: '/jobs/new', label: 'New job', icon: IconPlus } as const

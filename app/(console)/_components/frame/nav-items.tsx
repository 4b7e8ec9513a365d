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

/** The rooms of the console, in the sidebar's order. `key`: leads there after `g`. `below`: its pages count as being there. */
export const navItems = [
  { key: 'o', href: '/', label: 'Overview', icon: IconLayoutDashboard, below: false },
  { key: 'j', href: '/jobs', label: 'Jobs', icon: IconListDetails, below: true },
  { key: 's', href: '/schedules', label: 'Schedules', icon: IconCalendarRepeat, below: true },
  { key: 'f', href: '/files', label: 'Files', icon: IconPhoto, below: true },
  { key: 'm', href: '/outbox', label: 'Outbox', icon: IconMailOpened, below: true },
  { key: 'w', href: '/webhooks', label: 'Webhooks', icon: IconWebhook, below: true },
  { key: 't', href: '/settings', label: 'Settings', icon: IconSettings, below: true },
] as const

/** The room of admins; everyone else does not know it. */
export const adminItem = {
  key: 'a',
  href: '/admin',
  label: 'Admin',
  icon: IconShieldCog,
  below: true,
} as const

/** Pages of the first order that are in no sidebar; `/errors` and `/batches` are part of Jobs. */
export const furtherItems = [
  { key: 'e', href: '/errors', label: 'Errors' },
  { key: 'b', href: '/batches', label: 'Batches' },
  { key: 'n', href: '/notifications', label: 'Notifications' },
] as const

/** The page that the sidebar's button leads to. */
export const newJob = { href: '/jobs/new', label: 'New job', icon: IconPlus } as const

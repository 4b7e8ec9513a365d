/** The pages of the admin's side; a new one is a line here. `away`: not a page of this frame. */
export const tabs = [
  { href: '/admin', label: 'Overview', away: false },
  { href: '/admin/queues', label: 'Queues', away: true },
  { href: '/admin/pauses', label: 'Pauses', away: false },
  { href: '/admin/alerts', label: 'Alerts', away: false },
  { href: '/admin/users', label: 'Users', away: false },
  { href: '/admin/audit', label: 'Audit log', away: false },
  { href: '/admin/retention', label: 'Retention', away: false },
] as const

import { expect, it } from 'vitest'
import { refuseTooOften } from '@/app/_server/schedules/timing'

const anybody = { userId: 'u', role: 'USER' } as const

it.each(['* * * * * *', '*/30 * * * * *', '0,30 * * * * *', '1-2 0 9 * * 1'])(
  'lets nobody but admins have %s, which fires several times a minute [S13]',
  (cron) => {
    expect(() => refuseTooOften(anybody, cron)).toThrow('several times a minute')
    expect(() => refuseTooOften({ ...anybody, role: 'ADMIN' }, cron)).not.toThrow()
  },
)

it.each(['* * * * *', '30 * * * * *', '0 9 * * 1'])('lets everybody have %s [S13]', (cron) => {
  expect(() => refuseTooOften(anybody, cron)).not.toThrow()
})

import type { Metadata } from 'next'
import { accountOf } from '@/lib/auth/account'
import { requireViewer } from '@/lib/auth/session'
import { catalog } from '@/lib/jobs/catalog'
import { PageHeader } from '../../../_components/ui/page-header'
import { duplicateOf } from '../duplicate-of'
import { optionsOf } from '../options'
import { ReportForm } from './report-form'
import { daysOf, type ReportValues, valuesOf } from './report-values'

export const metadata: Metadata = { title: 'New report' }

type Props = { searchParams: Promise<{ from?: string | string[] }> }

export default async function NewReportPage({ searchParams }: Props) {
  const viewer = await requireViewer()
  const original = await duplicateOf(viewer, 'report', (await searchParams).from)
  const parsed = catalog.report.input.safeParse(original?.input)
  const { timezone } = await accountOf(viewer)
  const now = new Date()
  const zone = timezone ?? 'UTC'
  const usual: ReportValues = {
    period: 'daily',
    preset: 'days',
    ...daysOf('days', now, zone),
    format: 'pdf',
    timezone: zone,
    everyone: false,
  }
  const start = parsed.success ? { ...usual, ...valuesOf(parsed.data, zone) } : usual
  return (
    <>
      <PageHeader
        title={original ? 'Duplicate report' : 'New report'}
        back={{ href: '/jobs/new', label: 'New job' }}
      />
      <ReportForm
        start={start}
        isZoneKnown={timezone !== null || parsed.success}
        timezones={[...new Set(['UTC', start.timezone, ...Intl.supportedValuesOf('timeZone')])]}
        mayReportOnEveryone={viewer.role === 'ADMIN'}
        options={original ? optionsOf(original) : undefined}
        originalId={original?.id}
        now={now.toISOString()}
      />
    </>
  )
}

import { lineOf, linkOf, textOf } from '../variables'
import { Layout } from './layout'
import { Action, Figures, Paragraphs } from './parts'
import type { TemplateProps } from './props'

const figures = [
  ['completed', 'Completed'],
  ['failed', 'Failed'],
  ['canceled', 'Canceled'],
] as const

export function WeeklyDigest({ variables, appUrl, optOutUrl }: TemplateProps) {
  const name = lineOf(variables, 'name')
  const period = lineOf(variables, 'period')
  const summary = textOf(variables, 'summary')
  const rows = figures.flatMap(([variable, label]) => {
    const value = lineOf(variables, variable)
    return value === undefined ? [] : [{ label, value }]
  })
  const opening = name ? `Hello ${name},\nhere` : 'Here'
  return (
    <Layout
      preview={period ? `Your jobs of ${period}.` : 'Your jobs of the past week.'}
      title="Your week in jobs"
      appUrl={appUrl}
      reason="You get this mail once a week from"
      optOutUrl={optOutUrl}
    >
      <Paragraphs
        text={`${opening} is what your jobs did${period ? `, ${period}` : ' in the past week'}.`}
      />
      {rows.length > 0 && <Figures rows={rows} />}
      {summary && <Paragraphs text={summary} />}
      <Action href={linkOf(variables, 'url') ?? `${appUrl}/jobs`} label="See all jobs" />
    </Layout>
  )
}

import { describe, expect, it } from 'vitest'
import { samplesOf } from '@/app/_server/prometheus/histogram'
import { jobMetrics } from '@/app/_server/prometheus/jobs'
import { textOf } from '@/app/_server/prometheus/text'

describe('the text format', () => {
  it('has help and type before the samples, and escapes labels', () => {
    const labels = { host: 'a"b\\c\nd' }
    const samples = [
      { labels, value: 1.5 },
      { labels: {}, value: Number.POSITIVE_INFINITY },
    ]
    expect(textOf([{ name: 'x', type: 'gauge', help: 'What it is.', samples }])).toBe(
      '# HELP x What it is.\n# TYPE x gauge\nx{host="a\\"b\\\\c\\nd"} 1.5\nx +Inf\n',
    )
  })

  it('leaves out what has no samples', () => {
    expect(textOf([{ name: 'x', type: 'gauge', help: 'x', samples: [] }])).toBe('')
  })
})

describe('a histogram', () => {
  it('counts all up to each border', () => {
    // Less than 1 ms, 1 to 1.19 ms, 1.68 to 2 ms, 2 to 2.38 ms, and an hour and a half.
    const samples = samplesOf({ q: 'a' }, { 0: 1, 1: 1, 4: 2, 5: 3, 90: 4 }, 12)
    const bucket = (le: string) => samples.find((sample) => sample.labels.le === le)?.value
    expect([bucket('0.001'), bucket('0.002'), bucket('0.004')]).toEqual([1, 4, 7])
    expect([bucket('4194.304'), bucket('+Inf')]).toEqual([7, 11])
    expect(samples.slice(-2)).toEqual([
      { suffix: '_sum', labels: { q: 'a' }, value: 12 },
      { suffix: '_count', labels: { q: 'a' }, value: 11 },
    ])
  })
})

describe('the metrics of jobs', () => {
  const total = { status: 'COMPLETED', waits: {}, waitSeconds: 0, runs: {}, runSeconds: 0 } as const

  it('begin at zero for every type, and keep those that are gone', () => {
    const text = textOf(jobMetrics([{ queue: 'old', type: 'gone', count: 7, ...total }]))
    expect(text).toContain(
      'millrace_jobs_finished_total{queue="old",type="gone",outcome="completed"} 7',
    )
    expect(text).toContain(
      'millrace_jobs_finished_total{queue="email",type="email",outcome="failed"} 0',
    )
  })
})

import type { Row } from './run-cell'

const COLUMNS = [
  'fault',
  'backend',
  'runs',
  'acknowledged',
  'lost',
  'twice',
  'stuck',
  'longest recovery',
  'bound',
  'ok',
] as const

/** The runs as a table for a terminal, a line a cell, and below it what was wrong. */
export function table(rows: Row[]): string {
  const cells = [[...COLUMNS], ...byCell(rows).map(cellsOf)]
  const widths = COLUMNS.map((_, at) => Math.max(...cells.map((row) => row[at]?.length ?? 0)))
  const lines = cells.map((row) =>
    row
      .map((text, at) => text.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  const rule = widths.map((width) => '-'.repeat(width)).join('  ')
  return [lines[0], rule, ...lines.slice(1), ...rows.flatMap(problemsOf)].join('\n')
}

function byCell(rows: Row[]): Row[][] {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const key = `${row.name}/${row.backend}`
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  return [...groups.values()]
}

function cellsOf(runs: Row[]): string[] {
  const [first] = runs
  const sum = (field: 'acknowledged' | 'lost' | 'twice' | 'stuck') =>
    String(runs.reduce((total, row) => total + row[field], 0))
  const recoveries = runs.map(({ recoveryMs }) => recoveryMs ?? Number.POSITIVE_INFINITY)
  const failed = runs.filter(({ ok }) => !ok).length
  return [
    first?.fault ?? '',
    first?.backend ?? '',
    String(runs.length),
    ...[sum('acknowledged'), sum('lost'), sum('twice'), sum('stuck')],
    seconds(Math.max(...recoveries)),
    seconds(first?.boundMs ?? 0),
    failed === 0 ? 'yes' : `NO (${failed})`,
  ]
}

const MOST_PROBLEMS = 10

function problemsOf({ name, backend, seed, problems }: Row): string[] {
  const shown = problems.slice(0, MOST_PROBLEMS)
  const left = problems.length - shown.length
  return [...shown, ...(left > 0 ? [`and ${left} more`] : [])].map(
    (problem) => `${name}/${backend} --seed ${seed}: ${problem}`,
  )
}

function seconds(milliseconds: number): string {
  return Number.isFinite(milliseconds) ? `${(milliseconds / 1_000).toFixed(1)} s` : 'never'
}

import type { Row } from './run-cell'

const COLUMNS = [
  'fault',
  'backend',
  'acknowledged',
  'completed',
  'failed as expected',
  'worst recovery',
  'bound',
  'ok',
] as const

/** The rows as a table for a terminal, and below it what was wrong. */
export function table(rows: Row[]): string {
  const cells = [[...COLUMNS], ...rows.map(cellsOf)]
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

function cellsOf(row: Row): string[] {
  return [
    row.fault,
    row.backend,
    String(row.acknowledged),
    String(row.completed),
    String(row.failed),
    row.recoveryMs === null ? 'never' : seconds(row.recoveryMs),
    seconds(row.boundMs),
    row.ok ? 'yes' : 'NO',
  ]
}

const MOST_PROBLEMS = 10

function problemsOf({ name, backend, problems }: Row): string[] {
  const shown = problems.slice(0, MOST_PROBLEMS)
  const left = problems.length - shown.length
  return [...shown, ...(left > 0 ? [`and ${left} more`] : [])].map(
    (problem) => `${name}/${backend}: ${problem}`,
  )
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(1)} s`
}

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { freePort } from '@/bin/launcher/ports'
import { findProgram, PROMETHEUS, PROMTOOL } from '@/bin/test/programs'

export type Prometheus = {
  /** The data of the answer to a call of its API, e.g. `query?query=up`. */
  ask(call: string): Promise<unknown>
  /** All it has written to its log. */
  said(): string
  stop(): Promise<void>
}

/** What `promtool check metrics` has to say about a scrape's answer; empty when nothing. */
export function checkMetrics(text: string): string {
  const { status, stdout, stderr } = spawnSync(programOf(PROMTOOL), ['check', 'metrics'], {
    input: text,
    encoding: 'utf8',
  })
  const said = `${stdout}${stderr}`.trim()
  return status === 0 || said ? said : `promtool ended with ${status}`
}

/** What `promtool` thinks of a file of rules or of a configuration; empty when it is right. */
export function checkFile(what: 'rules' | 'config', file: string): string {
  const { status, stdout, stderr } = spawnSync(programOf(PROMTOOL), ['check', what, file], {
    encoding: 'utf8',
  })
  return status === 0 ? '' : `${stdout}${stderr}`
}

/** A real Prometheus server of the caller's own that scrapes `target` every second. */
export async function startPrometheus(target: string, token: string): Promise<Prometheus> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'millrace-prometheus-'))
  const config = path.join(folder, 'prometheus.yml')
  fs.writeFileSync(config, configuration(new URL(target).host, token))
  const port = await freePort()
  const child = spawn(programOf(PROMETHEUS), [
    ...[`--config.file=${config}`, `--storage.tsdb.path=${folder}/data`],
    ...[`--web.listen-address=127.0.0.1:${port}`, '--log.level=debug'],
  ])
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
  }
  const emergency = () => child.kill('SIGKILL')
  process.on('exit', emergency)
  return {
    async ask(call) {
      const response = await fetch(`http://127.0.0.1:${port}/api/v1/${call}`)
      const { data }: { data?: unknown } = await response.json()
      return data
    },
    said: () => said,
    async stop() {
      await end(child)
      process.off('exit', emergency)
      fs.rmSync(folder, { recursive: true, force: true })
    },
  }
}

function configuration(host: string, token: string): string {
  return `
global: { scrape_interval: 1s, scrape_timeout: 1s }
scrape_configs:
  - job_name: millrace
    metrics_path: /api/metrics
    authorization: { credentials: ${token} }
    static_configs: [{ targets: ['${host}'] }]
`
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  await gone
}

function programOf(names: string[]): string {
  const program = findProgram(names)
  if (!program) throw new Error(`There is no ${names[0]}: run the tests with \`npm test\``)
  return program
}

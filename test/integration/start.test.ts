import { spawn } from 'node:child_process'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest'
import { checkPort } from '@/bin/launcher/check-port'
import { openDataDir } from '@/bin/launcher/data-dir'
import { freePort } from '@/bin/launcher/ports'
import { lockHolder, releaseLock, takeLock } from '@/bin/setup/lock.mjs'
import { checkNodeVersion } from '@/bin/setup/node-version.mjs'
import { zombie } from '@/test/support/zombie'

const root = path.resolve(import.meta.dirname, '../..')
let directory = ''

beforeEach(() => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), 'millrace-start-'))
})
afterEach(() => fs.rmSync(directory, { recursive: true, force: true }))

/** Runs `npm start`'s program until it ends; every case here ends before anything is built. */
async function start(environment: Record<string, string>) {
  const child = spawn(process.execPath, [path.join(root, 'bin/start.mjs')], {
    // The directory it is started from makes no difference.
    cwd: os.tmpdir(),
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_ENV: 'development',
      DATA_DIR: directory,
      PORT: String(await freePort()),
      ...environment,
    },
  })
  let error = ''
  child.stdout.resume()
  child.stderr.on('data', (chunk) => {
    error += chunk
  })
  const limit = setTimeout(() => child.kill('SIGKILL'), 20_000)
  const code = await new Promise((resolve) => child.once('close', resolve))
  clearTimeout(limit)
  return { code, lines: error.trimEnd().split('\n') }
}

describe('npm start ends with one clear line', () => {
  test('when variables are bad, naming each', async () => {
    const { code, lines } = await start({ PORT: 'http', SIGN_UP: 'maybe' })
    expect(code).toBe(1)
    expect(lines).toEqual([
      'The environment is not valid: PORT: expected a port number from 1 to 65535; SIGN_UP: expected open, invite or closed',
    ])
  })

  test('when the port is in use', async () => {
    const server = net.createServer()
    const port = await new Promise<string>((resolve) => {
      server.listen(0, '127.0.0.1', () => {
        const address = server.address()
        resolve(typeof address === 'object' && address ? String(address.port) : '')
      })
    })
    const { code, lines } = await start({ PORT: port })
    server.close()
    expect(code).toBe(1)
    expect(lines).toEqual([
      `PORT ${port} is in use: stop the program that uses it, or set PORT to another.`,
    ])
    expect(fs.existsSync(path.join(directory, 'postgres'))).toBe(false)
    expect(fs.existsSync(path.join(directory, 'lock'))).toBe(false)
  })

  test('when the host is not of this machine', async () => {
    const { code, lines } = await start({ HOST: '192.0.2.1' })
    expect(code).toBe(1)
    expect(lines).toEqual([expect.stringMatching(/^HOST 192\.0\.2\.1 cannot be listened on: /)])
  })

  test('when a file is where the data directory should be', async () => {
    const file = path.join(directory, 'file')
    fs.writeFileSync(file, '')
    const { code, lines } = await start({ DATA_DIR: file })
    expect(code).toBe(1)
    expect(lines).toEqual([
      expect.stringMatching(/^The data directory \(DATA_DIR\) cannot be written: ENOTDIR/),
    ])
  })

  test.runIf(fs.existsSync('/proc/self'))('when the data directory is read-only', async () => {
    const { code, lines } = await start({ DATA_DIR: '/proc/millrace' })
    expect(code).toBe(1)
    expect(lines).toEqual([expect.stringMatching(/^The data directory \(DATA_DIR\) cannot be/)])
  })

  test('when another Millrace holds the data directory', async () => {
    const lock = path.join(directory, 'lock')
    expect(takeLock(lock, 'start')).toBeUndefined()
    const { code, lines } = await start({})
    expect(code).toBe(1)
    expect(lines).toEqual([
      `Millrace already runs on the data directory ${directory} (pid ${process.pid}): stop it, or set DATA_DIR to another.`,
    ])
    expect(lockHolder(lock)?.pid).toBe(process.pid)
  })

  test('when Node.js is too old', () => {
    expect(() => checkNodeVersion('20.18.9')).toThrow(
      'Millrace needs Node.js 20.19 or newer; this is 20.18.9.',
    )
    expect(() => checkNodeVersion('20.19.0')).not.toThrow()
    expect(() => checkNodeVersion('22.0.0')).not.toThrow()
  })
})

test('a signal to npm reaches the program, not a shell that ends without it', () => {
  const { scripts } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'))
  for (const name of ['start', 'dev', 'test', 'start:web', 'start:worker']) {
    expect(scripts[name]).toMatch(/^exec (env NODE_ENV=production )?node /)
  }
})

describe('the lock of the data directory', () => {
  const file = () => path.join(directory, 'lock')

  test('of a process that is gone is taken over', () => {
    fs.writeFileSync(file(), JSON.stringify({ pid: 2 ** 30, role: 'start', started: '1' }))
    expect(lockHolder(file())).toBeUndefined()
    expect(takeLock(file(), 'start')).toBeUndefined()
    expect(lockHolder(file())?.pid).toBe(process.pid)
  })

  test.runIf(fs.existsSync('/proc/self/stat'))(
    'of a process whose id now belongs to another is taken over',
    () => {
      const reused = { pid: process.ppid, role: 'start', started: 'long ago' }
      fs.writeFileSync(file(), JSON.stringify(reused))
      expect(takeLock(file(), 'start')).toBeUndefined()
    },
  )

  it.runIf(fs.existsSync('/proc/self/stat'))(
    'of a process that has ended, and that nobody has reaped, is taken over [R9]',
    async () => {
      const { pid, started, end } = await zombie()
      fs.writeFileSync(file(), JSON.stringify({ pid, role: 'start', started }))
      expect(takeLock(file(), 'start')).toBeUndefined()
      end()
    },
  )

  test('that was half written is taken over', () => {
    fs.writeFileSync(file(), '{"pid":')
    expect(takeLock(file(), 'start')).toBeUndefined()
  })

  test('is held by one, and free once given back', () => {
    expect(takeLock(file(), 'start')).toBeUndefined()
    expect(takeLock(file(), 'cli')).toMatchObject({ pid: process.pid, role: 'start' })
    releaseLock(file())
    expect(takeLock(file(), 'cli')).toBeUndefined()
    expect(fs.readdirSync(directory)).toEqual(['lock'])
  })
})

describe('a start after the launcher alone was killed', () => {
  it('waits for the port until the web server that it left has drained, and says so [R9]', async () => {
    fs.writeFileSync(path.join(directory, 'lock'), JSON.stringify({ pid: 2 ** 30, started: '1' }))
    const { wasKilled, release } = await openDataDir(directory, 'start')
    expect(wasKilled).toBe(true)
    release()
    const server = net.createServer()
    const port = await freePort()
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
    const said: string[] = []
    const checked = checkPort(port, '127.0.0.1', (line) => {
      said.push(line)
      server.close()
    })
    await expect(checked).resolves.toBeUndefined()
    expect(said).toEqual([
      `Waiting for PORT ${port}: the web server of the killed Millrace may still use it …`,
    ])
  })

  it('does not wait after a clean stop [R9]', async () => {
    const first = await openDataDir(directory, 'start')
    first.release()
    expect(await openDataDir(directory, 'start')).toMatchObject({ wasKilled: false })
  })
})

import { type ChildProcess, spawn } from 'node:child_process'
import { Refusal } from '../refusal'

const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 15_000
/** A program that lives shorter than this has failed to start. */
const STARTED_MS = 10_000

/** One program the launcher keeps running. */
export type ProgramOptions = {
  /** As people call it: "web server", "worker". */
  name: string
  /** Arguments of Node.js. */
  args: string[]
  env: NodeJS.ProcessEnv
  /** Takes what it writes to stderr; default: that of this process. */
  log?: NodeJS.WritableStream
  say(line: string): void
  /** After so many failed starts in a row it is left alone until `restart`. */
  maxFailedStarts: number
  onGiveUp(refusal: Refusal): void
}

/** A child process that is started again, after a growing pause, whenever it ends uninvited. */
export class Program {
  private child: ChildProcess | undefined
  private timer: NodeJS.Timeout | undefined
  private failedStarts = 0
  private quickEnds = 0
  private stopping = false
  private saidReady = false
  private env: NodeJS.ProcessEnv

  constructor(private readonly options: ProgramOptions) {
    this.env = options.env
  }

  /** Whether the program has sent `{ type: 'ready' }` since it was started. */
  get ready(): boolean {
    return this.saidReady
  }

  start(): void {
    if (this.stopping) return
    const startedAt = Date.now()
    this.saidReady = false
    // Detached: a Ctrl-C of the terminal goes to the launcher, which passes it on once, in order.
    const child = spawn(process.execPath, this.options.args, {
      detached: true,
      stdio: ['ignore', 'inherit', this.options.log ? 'pipe' : 'inherit', 'ipc'],
      env: this.env,
    })
    this.child = child
    if (this.options.log) child.stderr?.pipe(this.options.log, { end: false })
    child.on('message', (message) => {
      if (isReady(message)) this.saidReady = true
    })
    const ended = (cause: string) => {
      this.child = undefined
      if (!this.stopping) this.again(Date.now() - startedAt, cause)
    }
    child.once('exit', (code, signal) => ended(signal ?? `exit code ${code}`))
    child.on('error', (error) => {
      // Later errors (a message to a program that has just ended) are followed by its exit.
      if (!child.pid) ended(error.message)
    })
  }

  /** The environment of its next start. */
  setEnvironment(env: NodeJS.ProcessEnv): void {
    this.env = env
  }

  /** Starts it again, after a change of its sources. */
  restart(): void {
    if (this.stopping) return
    if (this.timer) clearTimeout(this.timer)
    this.failedStarts = 0
    this.quickEnds = 0
    const running = this.child
    if (!running) {
      this.start()
      return
    }
    running.removeAllListeners('exit')
    running.once('exit', () => this.start())
    running.kill('SIGTERM')
  }

  /** Asks it to finish what it does and end; kills it when the limit is over. */
  async stop(limitMs: number): Promise<void> {
    this.stopping = true
    if (this.timer) clearTimeout(this.timer)
    const child = this.child
    if (!child) return
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    child.kill('SIGTERM')
    const timer = setTimeout(() => child.kill('SIGKILL'), limitMs)
    await ended
    clearTimeout(timer)
  }

  /** Ends it at once. */
  kill(): void {
    this.stopping = true
    this.child?.kill('SIGKILL')
  }

  private again(livedMs: number, cause: string): void {
    const { name, say, onGiveUp, maxFailedStarts } = this.options
    this.quickEnds = livedMs < STARTED_MS ? this.quickEnds + 1 : 0
    // What was ready has started: a job may have ended it since, which is no reason to give up.
    this.failedStarts = this.saidReady || this.quickEnds === 0 ? 0 : this.failedStarts + 1
    if (this.failedStarts >= maxFailedStarts) {
      onGiveUp(new Refusal(`The ${name} ended ${maxFailedStarts} times right after its start.`))
      return
    }
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** this.quickEnds, LONGEST_PAUSE_MS)
    say(`The ${name} ended (${cause}); starting it again …`)
    this.timer = setTimeout(() => this.start(), pause)
  }
}

function isReady(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'type' in message
    ? message.type === 'ready'
    : false
}

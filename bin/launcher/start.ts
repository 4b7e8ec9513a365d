import path from 'node:path'
import { root } from '../setup/root.mjs'
import { webArguments, workerArguments } from './arguments'
import type { Launch, Programs } from './launch'
import { Program } from './program'

const MAX_FAILED_STARTS = 5

/** Starts the programs as they are built. */
export async function start({ say, environment, giveUp }: Launch): Promise<Programs> {
  const shared = {
    env: environment(process.env),
    say,
    maxFailedStarts: MAX_FAILED_STARTS,
    onGiveUp: giveUp,
  }
  const [workerFile, webFile] = [path.join(root, 'dist/worker.js'), path.join(root, 'dist/web.js')]
  const worker = new Program({ name: 'worker', args: workerArguments(workerFile), ...shared })
  const web = new Program({ name: 'web server', args: webArguments(webFile), ...shared })
  worker.start()
  web.start()
  return { worker, web, end: async () => undefined }
}

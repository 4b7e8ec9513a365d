import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { prisma } from '@/lib/db/prisma'
import { startWebProgram } from '@/test/support/programs'
import { casualties, post, startApplication, unexpected, webhookTo } from './application'
import type { Cell } from './cell'
import { untilEnded } from './load'
import { noise, upload } from './uploads'

const SMALL_DISK = fileURLToPath(new URL('small-disk.sh', import.meta.url))
const LIMIT_MS = 30_000

/** So many pixels of three bytes each make 3 MB, and the others 1 MB. */
const TOO_LARGE = 1_000
const FITTING = 580

/** The disk of one variable is full: uploads are refused until there is room, jobs go on. */
function full(name: string, words: string, variable: 'TMPDIR' | 'DATA_DIR'): Cell {
  return {
    name: `disk-full-${name}`,
    fault: `disk full at upload: ${words}`,
    backend: 'postgresql',
    boundMs: LIMIT_MS,
    async run(stage) {
      const small = path.join(stage.ledger.folder, 'small')
      fs.mkdirSync(small)
      const application = await startApplication(stage)
      const env = {
        DATA_DIR: stage.ledger.folder,
        WEBHOOK_ALLOW_CIDRS: '127.0.0.0/8',
        SMALL_DISK: small,
        [variable]: small,
      }
      const web = await startWebProgram(env, SMALL_DISK)
      stage.onClose(() => web.stop('SIGKILL'))
      const cramped = { ...application, url: web.url }
      const [large, fitting] = await Promise.all([noise(TOO_LARGE), noise(FITTING)])

      const refused = [await upload(cramped, large), await upload(cramped, large)]
      const answers = [await post(stage, cramped, webhookTo(cramped))]
      const since = Date.now()
      const stored = await upload(cramped, fitting)
      const recoveryMs = Date.now() - since
      const ended = await untilEnded(LIMIT_MS)
      const files = await prisma().file.count()
      return {
        recoveryMs,
        problems: [
          ...refused.filter((status) => status !== 503).map((s) => `A full disk was answered ${s}`),
          ...(stored === 201 ? [] : [`With room again an upload was answered ${stored}`]),
          ...(files === 1 ? [] : [`There are ${files} files after one upload that fitted`]),
          ...(ended ? [] : ['Not all jobs ended in time']),
          ...casualties(application),
          ...unexpected(answers, [202]),
        ],
      }
    },
  }
}

/** Uploads that the disk cannot hold. */
export const disk: Cell[] = [
  full('incoming', 'where uploads arrive', 'TMPDIR'),
  full('storage', 'where files are kept', 'DATA_DIR'),
]

import fs from 'node:fs'
import path from 'node:path'
import { submit } from '@/test/support/engine'
import { probe } from '@/test/support/probe'

// A client that is killed right after its commit: jobs are handed over in the next turn of the
// event loop, which it never sees.
const folder = process.argv[2] ?? ''
const { id } = await submit(probe, { ledger: path.join(folder, 'effects') })
fs.appendFileSync(path.join(folder, 'acknowledged'), `${id} ${Date.now()}\n`)
process.kill(process.pid, 'SIGKILL')

import { beforeAll, expect, it } from 'vitest'
import { isDatabaseAway } from '@/lib/db/away'
import { pool } from '@/lib/db/pool'
import { createRandom } from '@/test/chaos/random'
import {
  jobChanges,
  recordJobChanges,
  unsettledJobs,
} from '@/test/support/job-changes'
import { ownDatabase } from '@/test/support/own-database'
import { createViewer } from '@/test/support/owner'
import { problemsOf } from '@/test/support/transition-model'
import { beginPlay, makeMove } from './play'

ownDatabase()
beforeAll(recordJobChanges)

const SEED = Number(process.env.TRANSITIONS_SEED ?? Date.now() % 1_000_000)
const ROUNDS = Number(process.env.TRANSITIONS_ROUNDS ?? 1)
const PLAYERS = 8
const MOVES = 60

it.each(Array.from({ length: ROUNDS }, (_, round) => SEED + round))(
  'all transitions at once lead where the table says (TRANSITIONS_SEED=%i)',
  async (seed) => {
    await pool().query('TRUNCATE recorder.change, recorder.unsettled')
    const play = await beginPlay(await createViewer())
    const players = Array.from({ length: PLAYERS }, (_, player) =>
      createRandom(seed * 100 + player),
    )
    let deadlocks = 0
    await Promise.all(
      players.map(async (random) => {
        for (let move = 0; move < MOVES; move++) {
          await makeMove(play, random).catch((error: unknown) => {
            if (!isDatabaseAway(error)) throw error
            deadlocks++
          })
        }
      }),
    )
    const changes = await jobChanges()
    console.log({ changes: changes.length, deadlocks })
    expect(changes.flatMap(problemsOf)).toEqual([])
    expect(await unsettledJobs()).toEqual([])
  },
)

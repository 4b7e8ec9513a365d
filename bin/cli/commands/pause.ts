import { commandLine } from '@/lib/access/viewer'
import { pauseJobs, resumeJobs } from '@/lib/jobs/pauses/change'
import { listPauses } from '@/lib/jobs/pauses/list'
import { answer } from '../print'
import type { Register } from './index'

type Options = Partial<Record<'type' | 'owner' | 'tag' | 'minutes', string>> & { reason: string }

/** `pause list|add|remove`. */
export const registerPause: Register = (program, config) => {
  const pause = program
    .command('pause')
    .description('let jobs of a type, of a person or with a tag wait')

  const list = pause.command('list').description('every pause, with how many jobs it holds')
  answer(list, config, async () => ({ data: await listPauses(commandLine) }))

  const add = pause
    .command('add')
    .description('let no job start of which all of this is true; running ones end')
    .option('--type <type>', 'a job type')
    .option('--owner <email>', 'whose jobs')
    .option('--tag <tag>', 'jobs with this tag')
    .option('--minutes <minutes>', 'for how long; without, until the pause is removed')
    .requiredOption('--reason <reason>', 'shown to the people whose jobs wait')
  answer(add, config, async ({ minutes, ...options }: Options) => {
    const anyJobs = { type: null, owner: null, tag: null }
    const length = minutes === undefined ? null : Number(minutes)
    return { pause: await pauseJobs(null, { ...anyJobs, ...options, minutes: length }) }
  })

  const remove = pause.command('remove <id>').description('let these jobs start again')
  answer(remove, config, async (id: string) => {
    await resumeJobs(null, id)
    return { removed: id }
  })
}

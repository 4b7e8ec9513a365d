import { createInvitation } from '@/lib/auth/invitations'
import { addUser } from '@/lib/auth/manage-users'
import { createResetLink } from '@/lib/auth/password-reset'
import { publicUserView } from '@/lib/auth/users'
import { answer } from '../print'
import type { Register } from './index'

type Create = { email: string; password: string; name?: string; admin?: true }
type Invite = { email: string; admin?: true }

/** `user create`, `user invite` and `user reset-link`. */
export const registerUser: Register = (program, config) => {
  const user = program.command('user').description('create and invite people, and let them back in')

  const create = user
    .command('create')
    .description('create a user, whatever SIGN_UP says')
    .requiredOption('--email <email>', 'address to sign in with')
    .requiredOption('--password <password>', 'at least 8 characters')
    .option('--name <name>', 'what to call them; default: the address up to its @')
    .option('--admin', 'make them an admin')
  answer(create, config, async (options: Create) => {
    const { email, password, name = email.split('@')[0] ?? email, admin } = options
    const created = await addUser(null, { email, password, name }, admin ? 'ADMIN' : 'USER')
    return publicUserView(created)
  })

  const invite = user
    .command('invite')
    .description('make a link to sign up with; it works once, for seven days')
    .requiredOption('--email <email>', 'whom to invite')
    .option('--admin', 'make them an admin')
  answer(invite, config, ({ email, admin }: Invite) =>
    createInvitation(null, { email, role: admin ? 'ADMIN' : 'USER' }),
  )

  const resetLink = user
    .command('reset-link')
    .description('make a link to choose a new password with; it works once, for 30 minutes')
    .requiredOption('--email <email>', 'whose password it is')
  answer(resetLink, config, ({ email }: { email: string }) => createResetLink(email))
}

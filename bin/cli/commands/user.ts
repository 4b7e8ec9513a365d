import { createInvitation } from '@/lib/auth/invitations'
import { addUser } from '@/lib/auth/manage-users'
import { createResetLink } from '@/lib/auth/password-reset'
import { publicUserView } from '@/lib/auth/users'
import { withDatabase } from '../database'
import { print } from '../print'
import type { Register } from './index'

type Create = { email: string; password: string; name?: string; admin?: true }
type Invite = { email: string; admin?: true }

/** `user create`, `user invite` and `user reset-link`. */
export const registerUser: Register = (program, config) => {
  const user = program.command('user').description('create and invite people, and let them back in')

  user
    .command('create')
    .description('create a user, whatever SIGN_UP says')
    .requiredOption('--email <email>', 'address to sign in with')
    .requiredOption('--password <password>', 'at least 8 characters')
    .option('--name <name>', 'what to call them; default: the address up to its @')
    .option('--admin', 'make them an admin')
    .action(({ email, password, name = email.split('@')[0] ?? email, admin }: Create) =>
      withDatabase(config, async () => {
        const created = await addUser(null, { email, password, name }, admin ? 'ADMIN' : 'USER')
        print(publicUserView(created))
      }),
    )

  user
    .command('invite')
    .description('make a link to sign up with; it works once, for seven days')
    .requiredOption('--email <email>', 'whom to invite')
    .option('--admin', 'make them an admin')
    .action(({ email, admin }: Invite) =>
      withDatabase(config, async () => {
        print(await createInvitation(null, { email, role: admin ? 'ADMIN' : 'USER' }))
      }),
    )

  user
    .command('reset-link')
    .description('make a link to choose a new password with; it works once, for 30 minutes')
    .requiredOption('--email <email>', 'whose password it is')
    .action(({ email }: { email: string }) =>
      withDatabase(config, async () => print(await createResetLink(email))),
    )
}

import { createApiKeyFor } from '@/lib/auth/api-keys'
import { prisma } from '@/lib/db/prisma'
import { Refusal } from '../../refusal'
import { answer } from '../print'
import type { Register } from './index'

type Create = { email: string; name: string; scopes?: string }

/** `key create`. */
export const registerKey: Register = (program, config) => {
  const create = program
    .command('key')
    .description('create API keys')
    .command('create')
    .description('create an API key for a user; it is printed this once')
    .requiredOption('--email <email>', 'whose key it is')
    .requiredOption('--name <name>', 'what will use it')
    .option('--scopes <scopes>', 'comma-separated; default: everything the user may do')
  answer(create, config, async ({ email, name, scopes }: Create) => {
    const user = await prisma().user.findUnique({ where: { email: email.trim().toLowerCase() } })
    if (!user) throw new Refusal(`There is no user ${email}.`)
    const { key, record } = await createApiKeyFor(
      { userId: user.id, role: user.role },
      { name, ...(scopes ? { scopes: scopes.split(',').map((scope) => scope.trim()) } : {}) },
    )
    return { ...record, key }
  })
}

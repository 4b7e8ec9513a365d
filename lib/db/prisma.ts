import { PrismaPg } from '@prisma/adapter-pg'
import { type Prisma, PrismaClient } from './generated/client'
import { pool } from './pool'

declare global {
  var millracePrisma: PrismaClient | undefined
}

/** The process's one Prisma client, over the shared pool. Opens no connection by itself. */
export function prisma(): PrismaClient {
  globalThis.millracePrisma ??= new PrismaClient({ adapter: new PrismaPg(pool()) })
  return globalThis.millracePrisma
}

/** A Prisma transaction, or the client itself where a single statement is enough. */
export type Database = Prisma.TransactionClient

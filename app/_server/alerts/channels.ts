import { v7 as uuidv7 } from 'uuid'
import { requireAdminViewer, type Viewer } from '@/lib/access/viewer'
import { testMessage } from '@/lib/alerts/message'
import { send } from '@/lib/alerts/notify'
import { sealChannelSecret } from '@/lib/alerts/secret'
import type { AlertChannel } from '@/lib/db/generated/client'
import { foundById } from '@/lib/db/page'
import { type Database, prisma } from '@/lib/db/prisma'
import { transaction } from '@/lib/db/transaction'
import { AppError, invalidInput } from '@/lib/errors/app-error'
import { parseInput } from '@/lib/errors/parse-input'
import { newSecret } from '@/lib/webhooks/secret'
import { change, record, requireRoom } from './change'
import { type ChannelFields, type ChannelInput, channelSchema } from './fields'

/** Most channels of an installation. */
const MOST_CHANNELS = 50

const withoutSecret = { secret: true } as const

/** A channel without its secret, which only sending needs. */
export type Channel = Omit<AlertChannel, keyof typeof withoutSecret>

/** All channels, in the order they were made. */
export async function listChannels(admin: Viewer): Promise<Channel[]> {
  requireAdminViewer(admin)
  return prisma().alertChannel.findMany({
    orderBy: { id: 'asc' },
    take: MOST_CHANNELS,
    omit: withoutSecret,
  })
}

/** @throws {AppError} `not_found` */
export async function getChannel(
  admin: Viewer,
  id: string,
  db: Database = prisma(),
): Promise<Channel> {
  requireAdminViewer(admin)
  return foundById(id, 'This channel', () =>
    db.alertChannel.findUnique({ where: { id }, omit: withoutSecret }),
  )
}

/**
 * Makes a channel.
 * @returns the signing secret of a webhook too, which is never shown again
 * @throws {AppError} `invalid_input` naming each field; `conflict` when there are too many
 */
export async function createChannel(
  admin: Viewer,
  input: ChannelInput,
): Promise<{ channel: Channel; secret: string | undefined }> {
  requireAdminViewer(admin)
  const fields = parseInput(channelSchema, input)
  const id = uuidv7()
  const secret = fields.kind === 'WEBHOOK' ? newSecret() : undefined
  const hidden = fields.kind === 'SLACK' ? fields.url : secret
  if (fields.kind === 'SLACK' && !hidden) {
    throw invalidInput([{ path: 'url', message: 'Expected a URL' }])
  }
  const channel = await transaction(async (tx) => {
    await requireRoom(tx, MOST_CHANNELS, 'channels', () => tx.alertChannel.count())
    await record(tx, admin, 'alert-channel', 'create', { id, name: fields.name })
    return tx.alertChannel.create({
      data: {
        id,
        kind: fields.kind,
        ...columnsOf(fields),
        ...(hidden ? { secret: sealChannelSecret(hidden, id) } : {}),
      },
      omit: withoutSecret,
    })
  })
  return { channel, secret }
}

/**
 * Changes a channel; its kind stays, and a Slack channel without a new URL keeps the one it has.
 * @throws {AppError} `invalid_input` naming each field; `not_found`
 */
export async function updateChannel(
  admin: Viewer,
  id: string,
  input: ChannelInput,
): Promise<Channel> {
  requireAdminViewer(admin)
  const fields = parseInput(channelSchema, input)
  return transaction(async (tx) => {
    const { kind } = await getChannel(admin, id, tx)
    if (kind !== fields.kind) throw new AppError('conflict', 'A channel keeps its kind.')
    await record(tx, admin, 'alert-channel', 'update', { id, name: fields.name })
    const hidden = fields.kind === 'SLACK' ? fields.url : undefined
    return tx.alertChannel.update({
      where: { id },
      data: {
        ...columnsOf(fields),
        ...(hidden ? { secret: sealChannelSecret(hidden, id) } : {}),
      },
      omit: withoutSecret,
    })
  })
}

/** Switches a channel on or off. */
export async function turnChannel(admin: Viewer, id: string, enabled: boolean): Promise<void> {
  await changeChannel(admin, id, enabled ? 'enable' : 'disable', (tx) =>
    tx.alertChannel.update({ where: { id }, data: { enabled } }),
  )
}

/** Deletes a channel; what is still to be sent to it fails. */
export async function deleteChannel(admin: Viewer, id: string): Promise<void> {
  await changeChannel(admin, id, 'delete', (tx) => tx.alertChannel.delete({ where: { id } }))
}

/** Gives a webhook another signing secret, at once. @returns it, never shown again */
export function rotateChannelSecret(admin: Viewer, id: string): Promise<string> {
  return changeChannel(admin, id, 'rotate-secret', async (tx, { kind }) => {
    if (kind !== 'WEBHOOK') throw new AppError('conflict', 'Only a webhook is signed.')
    const secret = newSecret()
    const data = { secret: sealChannelSecret(secret, id) }
    await tx.alertChannel.update({ where: { id }, data })
    return secret
  })
}

/**
 * Sends a message to a channel that says that it works.
 * @returns how many jobs carry it
 * @throws {AppError} `conflict` while the channel is switched off, or leads to nobody
 */
export function testChannel(admin: Viewer, id: string): Promise<number> {
  return changeChannel(admin, id, 'test', async (tx, channel) => {
    if (!channel.enabled) {
      throw new AppError('conflict', 'This channel is switched off. Switch it on first.')
    }
    const message = testMessage(channel.name)
    const jobs = await send(tx, [{ message, channels: [channel], alertId: null }])
    if (jobs === 0) throw new AppError('conflict', 'This channel leads to nobody. Edit it.')
    return jobs
  })
}

function changeChannel<T>(
  admin: Viewer,
  id: string,
  what: string,
  work: (tx: Database, channel: Channel) => Promise<T>,
): Promise<T> {
  return change(admin, ['alert-channel', what], (tx) => getChannel(admin, id, tx), work)
}

function columnsOf(fields: ChannelFields) {
  const { name } = fields
  if (fields.kind === 'MAIL') {
    const { allAdmins, recipients } = fields
    return { name, allAdmins, recipients: [...new Set(recipients)] }
  }
  const { url } = fields
  if (url === undefined) return { name }
  const { host } = new URL(url)
  return { name, host, ...(fields.kind === 'WEBHOOK' ? { url } : {}) }
}

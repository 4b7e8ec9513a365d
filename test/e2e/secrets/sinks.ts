import { Redis } from 'ioredis'
import pg from 'pg'

/** Everything that tables of these schemas hold, as text. */
export async function dumpDatabase(url: string, schemas: string[]): Promise<string> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
       WHERE table_schema = ANY($1) AND table_type = 'BASE TABLE'`,
      [schemas],
    )
    const dumps: string[] = []
    for (const { name } of tables) {
      const { rows } = await client.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`)
      dumps.push(...rows.map(({ row }) => `${name} ${row}`))
    }
    return dumps.join('\n')
  } finally {
    await client.end()
  }
}

/** Everything that a Redis server holds, as text. */
export async function dumpRedis(url: string): Promise<string> {
  const client = new Redis(url)
  try {
    const keys = await client.keys('*')
    const values = await Promise.all(keys.map((key) => contentOf(client, key)))
    return keys.map((key, at) => `${key} ${JSON.stringify(values[at])}`).join('\n')
  } finally {
    client.disconnect()
  }
}

async function contentOf(client: Redis, key: string): Promise<unknown> {
  const type = await client.type(key)
  switch (type) {
    case 'string':
      return client.get(key)
    case 'hash':
      return client.hgetall(key)
    case 'list':
      return client.lrange(key, '0', '-1')
    case 'set':
      return client.smembers(key)
    case 'zset':
      return client.zrange(key, '0', '-1')
    case 'stream':
      return client.xrange(key, '-', '+', 'COUNT', 100_000)
    default:
      throw new Error(`The key ${key} is a ${type}, which this does not read`)
  }
}

/** The lines with one of these secrets in them, each with the name of the secret. */
export function findSecrets(text: string, secrets: Record<string, string>): string[] {
  return text.split('\n').flatMap((line) =>
    Object.entries(secrets)
      .filter(([, secret]) => spellings(secret).some((spelling) => line.includes(spelling)))
      .map(([name]) => `${name}: ${line.slice(0, 2_000)}`),
  )
}

/** Also as a URL writes it, and as the two common credentials encode it. */
function spellings(secret: string): string[] {
  return [secret, secret.toLowerCase(), encodeURIComponent(secret)]
}

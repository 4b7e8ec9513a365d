import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import S3rver from 's3rver'

export type S3Server = {
  endpoint: string
  bucket: string
  /** Also twice. */
  close(): Promise<void>
}

/** An S3-compatible server on a free port with one empty bucket, and its environment set. */
export async function startS3(bucket = 'millrace-test'): Promise<S3Server> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'millrace-s3-'))
  const server = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory,
    configureBuckets: [{ name: bucket, configs: [] }],
  })
  const { port } = await server.run()
  let closed = false
  const endpoint = `http://127.0.0.1:${port}`
  Object.assign(process.env, {
    S3_BUCKET: bucket,
    S3_ENDPOINT: endpoint,
    S3_ACCESS_KEY_ID: 'S3RVER',
    S3_SECRET_ACCESS_KEY: 'S3RVER',
  })
  return {
    endpoint,
    bucket,
    async close() {
      if (closed) return
      closed = true
      await server.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

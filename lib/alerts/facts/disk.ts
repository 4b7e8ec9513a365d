import { statfs } from 'node:fs/promises'
import { config } from '@/lib/config/config'

/** How full the disk with the files is; null when they are in S3; undefined when it cannot be told. */
export async function readDisk(): Promise<number | null | undefined> {
  const { s3, dataDir } = config()
  if (s3) return null
  try {
    const { blocks, bfree, bavail } = await statfs(dataDir)
    // As `df` reckons: what is reserved for the system counts as neither used nor free.
    const used = blocks - bfree
    return used / (used + bavail)
  } catch {
    return undefined
  }
}

import { v7 as uuidv7 } from 'uuid'

const zeros = new Uint8Array(16)

/** The lowest UUIDv7 of a moment: ids made before it are lower, so an index on ids finds by time. */
export function lowestIdAt(moment: Date): string {
  return uuidv7({ msecs: moment.getTime(), seq: 0, random: zeros })
}

/** Largest file a person may upload, in bytes. */
export const MAX_UPLOAD_BYTES = 20 * 1024 * 1024

/** Most pixels an image may have, as an upload and after any operation. */
export const MAX_PIXELS = 40_000_000

/** Most pixels that all steps of one image job make together: each costs time, and room on the disk. */
export const MAX_TOTAL_PIXELS = 5 * MAX_PIXELS

/** Said as people say it, e.g. `52.3`. */
export function megapixels(width: number, height: number): string {
  return (Math.round((width * height) / 100_000) / 10).toString()
}

import type { FileRecord } from '@/lib/files/view'

/**
 * The headers of a file's bytes. Whatever it holds, a browser runs nothing of it. A PDF that a job
 * made may be shown within our own pages; a sandbox would keep browsers from showing it at all.
 */
export function contentHeaders(file: FileRecord, inline: boolean): Headers {
  const isPdf = file.kind === 'RESULT' && file.contentType === 'application/pdf'
  const shown = inline && (isPdf || file.contentType.startsWith('image/'))
  const framed = shown && isPdf
  return new Headers({
    'content-type': file.contentType,
    'content-length': String(file.bytes),
    'content-disposition': `${shown ? 'inline' : 'attachment'}; ${fileNames(file.name)}`,
    'content-security-policy': framed
      ? "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
      : "default-src 'none'; frame-ancestors 'none'; sandbox",
    'x-frame-options': framed ? 'SAMEORIGIN' : 'DENY',
    'x-content-type-options': 'nosniff',
    // Said outright, so that nobody waits for a part.
    'accept-ranges': 'none',
    // Bytes never change under an id, but who may read them can.
    'cache-control': 'private, no-cache',
    etag: `"${file.id}"`,
  })
}

/** RFC 6266: the name as every browser reads it, and a plain one for the others. */
export function fileNames(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `filename="${plain}"; filename*=UTF-8''${encoded}`
}

export type StreamState = 'connecting' | 'open' | 'lost'

type Handlers = Record<string, (data: unknown) => void>

type Options = {
  url: string
  /** What the server knows the page by. Sent once: later the page is renewed when it missed anything. */
  mark?: string
  /** By event name. */
  on: Handlers
  onState(state: StreamState): void
  /** Connected again after a while without: what happened meanwhile is unknown. */
  onGap(): void
}

const FIRST_RETRY_MS = 1_000
const LONGEST_RETRY_MS = 15_000
/** A hiccup shorter than this is nobody's concern. */
const PATIENCE_MS = 2_000

/**
 * Follows a server-sent stream while the page is visible: browsers allow few connections to a
 * server, and hidden tabs would use them up. Returns what ends it.
 */
export function followStream({ url, mark, on, onState, onGap }: Options): () => void {
  let source: EventSource | undefined
  let retry: ReturnType<typeof setTimeout> | undefined
  let patience: ReturnType<typeof setTimeout> | undefined
  let tries = 0
  let missed = false
  let wasOpen = false

  const close = () => {
    source?.close()
    source = undefined
    clearTimeout(retry)
    clearTimeout(patience)
    patience = undefined
  }

  const open = () => {
    source?.close()
    source = new EventSource(wasOpen || !mark ? url : withMark(url, mark))
    source.onopen = () => {
      tries = 0
      wasOpen = true
      clearTimeout(patience)
      patience = undefined
      onState('open')
      if (missed) onGap()
      missed = false
    }
    source.onerror = () => {
      missed = true
      patience ??= setTimeout(() => onState('lost'), PATIENCE_MS)
      source?.close()
      clearTimeout(retry)
      retry = setTimeout(open, Math.min(FIRST_RETRY_MS * 2 ** tries++, LONGEST_RETRY_MS))
    }
    // A stream that has nothing more to say must not be asked again.
    source.addEventListener('end', stop)
    for (const [name, handler] of Object.entries(on)) {
      source.addEventListener(name, ({ data }) => {
        const value = parse(data)
        if (value !== undefined) handler(value)
      })
    }
  }

  const onVisibility = () => {
    if (document.visibilityState === 'visible') {
      if (!source) open()
    } else {
      missed = true
      close()
    }
  }

  const stop = () => {
    document.removeEventListener('visibilitychange', onVisibility)
    window.removeEventListener('pagehide', close)
    window.removeEventListener('pageshow', onVisibility)
    close()
  }

  document.addEventListener('visibilitychange', onVisibility)
  // A page kept for the back button would hold its connection.
  window.addEventListener('pagehide', close)
  window.addEventListener('pageshow', onVisibility)
  onVisibility()
  return stop
}

function withMark(url: string, mark: string): string {
  return `${url}${url.includes('?') ? '&' : '?'}mark=${encodeURIComponent(mark)}`
}

function parse(data: unknown): unknown {
  try {
    return typeof data === 'string' ? JSON.parse(data) : undefined
  } catch {
    return undefined
  }
}

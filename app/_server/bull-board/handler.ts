import path from 'node:path'
import { createBullBoard } from '@bull-board/api'
import type { BaseAdapter } from '@bull-board/api/baseAdapter'
import type {
  AppControllerRoute,
  BullBoardRequest,
  ControllerHandlerReturnType,
  UIConfig,
} from '@bull-board/api/typings/app'
import { HonoAdapter } from '@bull-board/hono'
import { Hono } from 'hono'
import { framedPage } from './page'
import { serveFiles } from './static-files'

export type BullBoardOptions = {
  /** Where the catch-all route lies, e.g. `/admin/queues` for `app/admin/queues/[[...path]]/route.ts`. */
  basePath: string
  /** Asked once, at the first request: nothing connects while the application is built. */
  queues: () => Promise<BaseAdapter[]>
  /** Asked once, as `queues` is. */
  uiConfig?: () => UIConfig
  /** The nonce that the page's policy gives its scripts; leave it out when there is no such policy. */
  nonce?: (request: Request) => string | undefined
  /** HTML around Bull Board; scripts in it get the nonce too. */
  frame?: { head?: string; body?: string }
  /** Replaces what Bull Board does at one of its own addresses, e.g. `put /api/queues/:queueName/pause`. */
  routes?: Record<string, RouteOverride>
}

type RouteOverride = (request: BullBoardRequest) => Promise<ControllerHandlerReturnType>

/** Bull Board's routes, some of them replaced. */
class OverridableAdapter extends HonoAdapter {
  constructor(private readonly overrides: Record<string, RouteOverride>) {
    super(serveFiles)
  }

  override setApiRoutes(routes: readonly AppControllerRoute[]): this {
    return super.setApiRoutes(routes.map((route) => this.overridden(route)))
  }

  private overridden(route: AppControllerRoute): AppControllerRoute {
    const override = this.overrides[`${route.method} ${route.route}`]
    if (!override) return route
    const handler = async (request?: BullBoardRequest) =>
      request ? override(request) : { status: 500 as const, body: {} }
    return { ...route, handler }
  }
}

/**
 * Mounts Bull Board in a Next.js route handler (app router). It answers the page, its static files
 * and its API under `basePath`; who may ask is the caller's to decide, before calling it.
 * @example
 * const board = bullBoardHandler({ basePath: '/admin/queues', queues: async () => [new BullMQAdapter(queue)] })
 * export const GET = board, POST = board, PUT = board, PATCH = board
 */
export function bullBoardHandler(options: BullBoardOptions) {
  let mounted: Promise<Hono> | undefined
  return async (request: Request): Promise<Response> => {
    mounted ??= mount(options)
    // A queue that could not be reached may be there at the next request.
    mounted.catch(() => {
      mounted = undefined
    })
    const response = await (await mounted).fetch(request)
    if (!response.headers.get('content-type')?.startsWith('text/html')) return response
    const html = framedPage(await response.text(), {
      basePath: options.basePath,
      nonce: options.nonce?.(request),
      ...options.frame,
    })
    const headers = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }
    return new Response(html, { status: response.status, headers })
  }
}

async function mount({ basePath, queues, uiConfig, routes }: BullBoardOptions): Promise<Hono> {
  const adapter = new OverridableAdapter(routes ?? {}).setBasePath(basePath)
  createBullBoard({
    queues: await queues(),
    serverAdapter: adapter,
    options: {
      // Left to itself, Bull Board asks `require`, which a bundled module does not have.
      uiBasePath: path.join(process.cwd(), 'node_modules/@bull-board/ui'),
      ...(uiConfig ? { uiConfig: uiConfig() } : {}),
    },
  })
  return new Hono().route(basePath, adapter.registerPlugin())
}

import { route } from '@/app/_server/http/route'
import { requireMetricsToken } from '@/app/_server/prometheus/access'
import { scrape } from '@/app/_server/prometheus/scrape'
import { CONTENT_TYPE } from '@/app/_server/prometheus/text'

/** All figures of the installation, for Prometheus. */
export const GET = route(async (request) => {
  requireMetricsToken(request)
  return new Response(await scrape(), {
    headers: { 'content-type': CONTENT_TYPE, 'cache-control': 'no-store' },
  })
})

export const dynamic = 'force-dynamic'

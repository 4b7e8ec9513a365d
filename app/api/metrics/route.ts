import { route } from '@/app/_http/route'
import { requireMetricsToken } from '@/lib/metrics/prometheus/access'
import { scrape } from '@/lib/metrics/prometheus/scrape'
import { CONTENT_TYPE } from '@/lib/metrics/prometheus/text'

/** All figures of the installation, for Prometheus. */
export const GET = route(async (request) => {
  requireMetricsToken(request)
  return new Response(await scrape(), {
    headers: { 'content-type': CONTENT_TYPE, 'cache-control': 'no-store' },
  })
})

export const dynamic = 'force-dynamic'

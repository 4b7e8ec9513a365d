import { health } from '@/lib/health/checks'

/** 200 while requests can be served, 503 while PostgreSQL is away; a line per dependency. */
export async function GET(): Promise<Response> {
  const report = await health()
  return Response.json(report, {
    status: report.status === 'down' ? 503 : 200,
    headers: { 'cache-control': 'no-store' },
  })
}

export const dynamic = 'force-dynamic'

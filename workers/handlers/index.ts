import type { Handlers } from '@/workers/runtime/handler'

export const handlers: Handlers = {
  'bulk-action': async () => (await import('./bulk-action')).bulkAction,
  email: async () => (await import('./email')).email,
  image: async () => (await import('./image')).image,
  maintenance: async () => (await import('./maintenance')).maintenance,
  report: async () => (await import('./report')).report,
  webhook: async () => (await import('./webhook')).webhook,
}

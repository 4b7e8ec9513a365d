import { AppError } from '@/lib/errors/app-error'

/** @throws {AppError} `conflict` while the endpoint is switched off */
export function refuseDisabled({ enabled }: { enabled: boolean }): void {
  if (!enabled) throw new AppError('conflict', 'This endpoint is switched off. Switch it on first.')
}

import { navigationBegins } from './app/(console)/_components/frame/progress'

/** Called by Next.js when a link, a form or the history begins to lead elsewhere. */
export function onRouterTransitionStart(url: string): void {
  navigationBegins(url)
}

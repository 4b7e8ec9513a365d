import {
  IconBox,
  IconListCheck,
  IconMail,
  IconPhoto,
  IconReportAnalytics,
  IconWebhook,
} from '@tabler/icons-react'

const icons: Record<string, typeof IconBox> = {
  'bulk-action': IconListCheck,
  email: IconMail,
  image: IconPhoto,
  report: IconReportAnalytics,
  webhook: IconWebhook,
}

/** The picture of a job type. */
export function TypeIcon({ type, size = 16 }: { type: string; size?: number }) {
  const Icon = icons[type] ?? IconBox
  return <Icon size={size} stroke={1.7} aria-hidden />
}

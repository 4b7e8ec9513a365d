'use client'

import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { PlainButton } from './button'

const SHOWN_MS = 1_500

type Props = { text: string; label: string; children?: string }

/** Copies a text and says that it did. */
export function CopyButton({ text, label, children }: Props) {
  const [copied, setCopied] = useState(false)

  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [copied])

  const icon = copied ? <IconCheck size={15} aria-hidden /> : <IconCopy size={15} aria-hidden />
  return (
    <PlainButton
      kind="quiet"
      size="small"
      icon={icon}
      aria-label={copied ? 'Copied' : label}
      title={label}
      onClick={() => navigator.clipboard.writeText(text).then(() => setCopied(true))}
    >
      {children && (copied ? 'Copied' : children)}
    </PlainButton>
  )
}

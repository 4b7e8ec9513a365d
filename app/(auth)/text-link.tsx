'use client'

import { Anchor } from '@mantine/core'
import Link from 'next/link'
import type { ReactNode } from 'react'

/** A link inside a sentence. */
export function TextLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Anchor component={Link} href={href} underline="always">
      {children}
    </Anchor>
  )
}

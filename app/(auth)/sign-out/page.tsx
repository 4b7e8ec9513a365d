import { Button } from '@mantine/core'
import type { Metadata } from 'next'
import { AuthCard } from '../auth-card'
import { TextLink } from '../text-link'
import { signOut } from './actions'

export const metadata: Metadata = { title: 'Sign out' }

export default function SignOutPage() {
  return (
    <AuthCard title="Sign out?" footer={<TextLink href="/">Stay signed in</TextLink>}>
      <form action={signOut}>
        <Button type="submit" fullWidth>
          Sign out
        </Button>
      </form>
    </AuthCard>
  )
}

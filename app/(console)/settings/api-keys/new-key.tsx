'use client'

import { Alert, Button, CopyButton, Group, Stack, Text } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useFormState } from '@/app/form/action-form'
import classes from '../settings.module.css'

/** The key that was just created: the only time anyone sees it. */
export function NewKey() {
  const { secret } = useFormState()
  if (!secret) return null
  return (
    <Alert color="tide" variant="light" title="Copy the key now">
      <Stack gap="sm">
        <Text>It is not kept and cannot be shown again.</Text>
        <code className={classes.key}>{secret}</code>
        <CopyButton value={secret}>
          {({ copied, copy }) => (
            <Group>
              <Button
                size="xs"
                onClick={copy}
                leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
              >
                {copied ? 'Copied' : 'Copy'}
              </Button>
            </Group>
          )}
        </CopyButton>
      </Stack>
    </Alert>
  )
}

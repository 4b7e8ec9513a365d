'use client'

import { Button, Modal, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { ActionForm } from '@/app/form/action-form'
import { revokeKey } from './actions'

/** Revokes one key, after saying what that does. */
export function RevokeButton({ id, name }: { id: string; name: string }) {
  const [opened, { open, close }] = useDisclosure(false)
  return (
    <>
      <Button variant="subtle" color="red" size="compact-sm" onClick={open}>
        Revoke
      </Button>
      <Modal opened={opened} onClose={close} title={`Revoke “${name}”?`}>
        <Stack gap="md">
          <Text>
            Whatever uses this key is refused from its next request on. This cannot be undone.
          </Text>
          <ActionForm action={revokeKey} submit="Revoke key" color="red">
            <input type="hidden" name="id" value={id} />
          </ActionForm>
        </Stack>
      </Modal>
    </>
  )
}

import { Chip } from '../../_components/ui/chip'

/** Whether a rule or channel is on. */
export function OnOff({ enabled }: { enabled: boolean }) {
  return <Chip status={enabled ? 'completed' : 'canceled'}>{enabled ? 'On' : 'Off'}</Chip>
}

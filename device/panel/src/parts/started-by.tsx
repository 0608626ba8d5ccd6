import type { CallState } from '@anteroom/shared/panel/state.ts';
import { IconUserOff } from '@tabler/icons-react';
import { useText } from '../locales/texts.ts';
import './started-by.css';

/**
 * That this room is in a meeting although nobody in it pressed anything, until somebody in it opens something; or, where
 * the call began open as the room's setting says, until somebody in it chooses.
 */
export function StartedBy({ call }: { call: CallState }) {
  const text = useText();
  if (call.state !== 'in' || call.startedBy === 'room') return null;
  const isOpen = call.media.isMicrophoneOn || call.media.isCameraOn;
  if (isOpen && !call.beganOpen) return null;
  return (
    <p className="started-by" role="status">
      <IconUserOff aria-hidden="true" stroke={1.75} />
      {text(startedByKey(call.startedBy, isOpen))}
    </p>
  );
}

export function startedByKey(starter: 'fleet' | 'automatic', isOpen: boolean) {
  return isOpen ? (`call.startedOpen.${starter}` as const) : (`call.startedBy.${starter}` as const);
}

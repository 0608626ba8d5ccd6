import type { CallState } from '@anteroom/shared/panel/state.ts';
import { IconUserOff } from '@tabler/icons-react';
import { useText } from '../locales/texts.ts';
import './started-by.css';

/** That this room is in a meeting although nobody in it pressed anything, until somebody in it opens something. */
export function StartedBy({ call }: { call: CallState }) {
  const text = useText();
  if (call.state !== 'in' || call.startedBy === 'room') return null;
  if (call.media.isMicrophoneOn || call.media.isCameraOn) return null;
  return (
    <p className="started-by" role="status">
      <IconUserOff aria-hidden="true" stroke={1.75} />
      {text(`call.startedBy.${call.startedBy}`)}
    </p>
  );
}

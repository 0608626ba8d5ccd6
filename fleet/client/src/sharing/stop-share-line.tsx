import { mayControl } from '@anteroom/shared/meeting/control.ts';
import type { RosterEntry } from '@anteroom/shared/signalling/messages.ts';
import { IconScreenShareOff } from '@tabler/icons-react';
import { MenuLine } from '../control/overlay.tsx';
import { useSeat } from '../control/seat.tsx';
import { sharingTexts } from './locales/texts.ts';

/** In the menu of whoever shares: hosts end it. */
export function StopShareLine({ sharer, onClose }: { sharer: RosterEntry; onClose: () => void }) {
  const text = sharingTexts.useText();
  const { client, own, control } = useSeat();
  const { participantId } = sharer;
  if (!own || !mayControl(own.role, 'stopShare') || client.talk.content?.participantId !== participantId) return null;
  return (
    <MenuLine
      icon={<IconScreenShareOff size={20} stroke={1.75} aria-hidden="true" />}
      label={text('own.stop')}
      onPress={() => {
        onClose();
        control.act({ kind: 'stopShare', participantId }).catch((error: unknown) => reportError(error));
      }}
    />
  );
}

import { IconScreenShare, IconScreenShareOff } from '@tabler/icons-react';
import { MenuLine } from '../control/overlay.tsx';
import { useSeat } from '../control/seat.tsx';
import { sharingTexts } from './locales/texts.ts';
import { canPickScreen } from './pick-screen.ts';

const icon = { size: 22, stroke: 1.75, 'aria-hidden': true } as const;

/** Sharing in the menu of a phone. */
export function ShareLine({ onClose }: { onClose: () => void }) {
  const text = sharingTexts.useText();
  const { client, share } = useSeat();
  const isSharing = client.share.phase !== 'off';
  return (
    <MenuLine
      icon={isSharing ? <IconScreenShareOff {...icon} /> : <IconScreenShare {...icon} />}
      label={text(isSharing ? 'own.stop' : 'share.open')}
      hint={text(canPickScreen() ? 'share.openHint' : 'trouble.unsupported')}
      isDisabled={!canPickScreen()}
      onPress={() => {
        onClose();
        if (isSharing) share.stop();
        else share.start();
      }}
    />
  );
}

import { IconScreenShare, IconScreenShareOff } from '@tabler/icons-react';
import { useSeat } from '../control/seat.tsx';
import { sharingTexts } from './locales/texts.ts';

const icon = { size: 24, stroke: 1.75, 'aria-hidden': true } as const;

/** Shares a screen, and stops it. On a phone it is a line of the menu, which says why it cannot be done there. */
export function ShareButton() {
  const text = sharingTexts.useText();
  const { client, share } = useSeat();
  const isSharing = client.share.phase !== 'off';
  return (
    <button
      type="button"
      className="control wide-only"
      data-lit={isSharing ? '' : undefined}
      onClick={isSharing ? share.stop : share.start}
    >
      {isSharing ? <IconScreenShareOff {...icon} /> : <IconScreenShare {...icon} />}
      <span className="control-words">{text(isSharing ? 'own.stop' : 'share.open')}</span>
    </button>
  );
}

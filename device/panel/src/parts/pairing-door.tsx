import type { BindingState } from '@anteroom/shared/panel/state.ts';
import { useNow } from '@anteroom/ui/clock/clock.tsx';
import { formatStopwatch } from '@anteroom/ui/format/time.ts';
import { useText } from '../locales/texts.ts';
import { usePanel } from '../state/panel-context.tsx';
import './pairing-door.css';

type Pairing = Extract<BindingState, { state: 'pairing' }>;

/** On the door of an unclaimed terminal: the QR code, how long the code lives, and the serial number. */
export function PairingDoor({ binding: { code, expiresAt } }: { binding: Pairing }) {
  const text = useText();
  const { serial, software } = usePanel().state;
  const leftMs = Date.parse(expiresAt) - useNow(1000).getTime();
  return (
    <span className="pairing-door">
      {/* The agent draws it; the code in the query keeps an old picture from being shown for a new code. */}
      <img src={`/api/qr.svg?code=${encodeURIComponent(code)}`} alt={text('pairing.qr')} />
      <span className="tabular">
        {leftMs > 0 ? (
          <>
            {text('pairing.newCodeIn')} <b>{formatStopwatch(leftMs)}</b>
          </>
        ) : (
          text('pairing.newCodeNow')
        )}
      </span>
      <span>
        {text('common.serial')}
        <span className="pairing-serial mono">{serial}</span>
      </span>
      <span className="tabular">{text('common.software', { version: software })}</span>
    </span>
  );
}

import { QuietNote, RingBar } from '@anteroom/ui/ringing/ring-bar.tsx';
import { IconAlertTriangle } from '@tabler/icons-react';
import { controlTexts } from '../control/locales/texts.ts';
import { texts } from '../locales/texts.ts';
import type { RingApi } from './ring-api.ts';
import './ringing.css';
import { useRings } from './use-rings.ts';

/** Calls of whoever is signed in, above whatever the client shows; and why they are signed in no more. */
export function Ringing(props: {
  ringApi: RingApi;
  /** False for a guest. */
  isKnown: boolean;
  /** The meeting at whose door the reader stands: a call into it is answered by going in. */
  atDoor: { number: string; onJoin: () => void } | null;
  /** The number of the meeting that this page is in, or goes into: its own call is over here, and nothing to be told. */
  inside: string | null;
}) {
  const { ringApi, isKnown, atDoor, inside } = props;
  const { rings, quiet, fault, end, ...acts } = useRings({ ringApi, isKnown });
  const text = texts.useText();
  const controlText = controlTexts.useText();
  if (end !== null)
    return (
      <div className="ringing">
        <div className="notice" role="alert">
          <p>{text(`ended.${end}`)}</p>
          <button type="button" className="small-button" onClick={acts.dismissEnd}>
            {controlText('refusal.dismiss')}
          </button>
        </div>
      </div>
    );
  if (!isKnown) return null;
  return (
    <div className="ringing">
      <RingBar
        rings={rings.filter((ring) => ring.number !== inside)}
        clientOf={({ number }) => (number === atDoor?.number ? null : `/m/${number}`)}
        onAnswer={(ring) => {
          acts.answer(ring);
          if (ring.number === atDoor?.number) atDoor.onJoin();
        }}
        onDecline={acts.decline}
        onQuiet={acts.beQuiet}
      >
        {fault === null ? null : (
          <p className="note" role="alert">
            <IconAlertTriangle size={20} stroke={1.75} aria-hidden="true" />
            {fault}
          </p>
        )}
      </RingBar>
      <QuietNote quiet={quiet} onOff={acts.ring} />
    </div>
  );
}

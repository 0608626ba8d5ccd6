import { QuietNote, RingBar } from '@anteroom/ui/ringing/ring-bar.tsx';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { RingApi } from './ring-api.ts';
import './ringing.css';
import { useRings } from './use-rings.ts';

/** Calls of whoever is signed in, above whatever the client shows. */
export function Ringing(props: {
  ringApi: RingApi;
  /** False for a guest. */
  isKnown: boolean;
  /** The meeting at whose door the reader stands: a call into it is answered by going in. */
  atDoor: { number: string; onJoin: () => void } | null;
}) {
  const { ringApi, isKnown, atDoor } = props;
  const { rings, quiet, fault, ...acts } = useRings({ ringApi, isKnown });
  if (!isKnown) return null;
  return (
    <div className="ringing">
      <RingBar
        rings={rings}
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

import type { CallState } from '@anteroom/shared/panel/state.ts';
import { useClock, useNow } from '@anteroom/ui/clock/clock.tsx';
import { Door } from '@anteroom/ui/door/door.tsx';
import { useDuration } from '@anteroom/ui/text/use-duration.ts';
import { useState } from 'react';
import { useText } from '../locales/texts.ts';
import { startedByKey } from '../parts/started-by.tsx';
import { TouchButton } from '../parts/touch-button.tsx';
import { Ring } from '../parts/waiting.tsx';
import './joining-screen.css';

type Joining = Extract<CallState, { state: 'joining' }>;

/** From here on full light would only dazzle: it goes back into the doorway and waits there. */
const dimAfterMs = 1000;
/** From here on the screen owns up that it takes long. */
const slowAfterMs = 5000;

/**
 * The crossing: the light comes out of the door and fills the screen; when joining takes longer it withdraws again. The
 * same words lie on both layers, so that the edge of the light only changes their colour.
 */
export function JoiningScreen({ call }: { call: Joining }) {
  const text = useText();
  const clock = useClock();
  const now = useNow(250);
  const [openedAt] = useState(() => clock.now());
  const sinceMs = Date.parse(call.since);
  const isDim = now.getTime() - sinceMs >= dimAfterMs;
  // A page that is opened in the middle of a long join starts where it would be by now.
  const isLate = openedAt.getTime() - sinceMs >= dimAfterMs;
  return (
    <div className="screen joining" data-dim={isDim ? '' : undefined} data-late={isLate ? '' : undefined}>
      <Door className="joining-door" opening={1} hasSpill />
      <div className="joining-words" role="status">
        <Words call={call} waitedMs={now.getTime() - sinceMs} />
      </div>
      <div className="joining-cancel">
        <TouchButton touch={{ kind: 'cancelJoin' }} tone="ink" label={text('common.cancel')} />
      </div>
      <div className="joining-light" aria-hidden="true">
        <div className="joining-words">
          <Words call={call} waitedMs={now.getTime() - sinceMs} />
        </div>
        <div className="joining-cancel">
          <span className="touch" data-tone="ink">
            {text('common.cancel')}
          </span>
        </div>
      </div>
    </div>
  );
}

function Words({ call, waitedMs }: { call: Joining; waitedMs: number }) {
  const text = useText();
  const duration = useDuration();
  const waitedS = Math.floor(waitedMs / 1000) * 1000;
  return (
    <>
      <p className="joining-subject">{call.meeting.subject}</p>
      <p className="joining-title">{text('joining.title')}</p>
      <p className="joining-step">
        <Ring />
        {waitedMs >= slowAfterMs ? text('joining.slow', { duration: duration(waitedS) }) : text('joining.connecting')}
      </p>
      {call.startedBy !== 'room' && (
        <p className="joining-attempt">{text(startedByKey(call.startedBy, call.beganOpen))}</p>
      )}
      {call.attempt > 1 && (
        <p className="joining-attempt tabular">{text('joining.attempt', { attempt: call.attempt })}</p>
      )}
    </>
  );
}

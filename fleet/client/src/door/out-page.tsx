import type { MeetingDoor } from '@anteroom/shared/api/meetings.ts';
import { Door } from '@anteroom/ui/door/door.tsx';
import type { EndReason } from '@anteroom/ui/signalling/client-types.ts';
import { texts } from '../locales/texts.ts';
import { Frame } from './frame.tsx';

/** Who was sent out, or whose meeting is over, is not offered the way back in. */
const mayRejoin: Record<EndReason, boolean> = {
  left: true,
  hung_up: true,
  joined_elsewhere: true,
  server_stopping: true,
  meeting_ended: false,
  removed: false,
  revoked: false,
};

/** Out again: why, and the way back in where there is one. */
export function OutPage({ door, reason, onRejoin }: { door: MeetingDoor; reason: EndReason; onRejoin: () => void }) {
  const text = texts.useText();
  return (
    <Frame>
      <main className="alone">
        <div className="alone-door" aria-hidden="true">
          <Door opening={0} className="door-small" />
        </div>
        <div role="status">
          <h1>{text(`out.${reason}`)}</h1>
          <p className="lead">{door.subject}</p>
          {mayRejoin[reason] ? (
            <button type="button" className="button primary" onClick={onRejoin}>
              {text('out.again')}
            </button>
          ) : (
            <p className="lead">{text('out.close')}</p>
          )}
        </div>
      </main>
    </Frame>
  );
}

import { Door, DoorButton } from '@anteroom/ui/door/door.tsx';
import { doorOpening } from '@anteroom/ui/door/opening.ts';
import type { CSSProperties } from 'react';
import { startTexts } from './locales/texts.ts';
import type { TodaysMeeting } from './today.ts';

/** The door of the next own meeting when it can be joined; closed, it says how to come to one. */
export function NextDoor({
  meeting,
  isGuest,
  now,
  onGo,
}: {
  meeting: TodaysMeeting | null;
  isGuest: boolean;
  now: Date;
  onGo: (number: string) => void;
}) {
  const text = startTexts.useText();
  if (meeting === null) {
    return (
      <div className="doorway">
        <Door opening={0} className="doorway-door">
          <span className="doorway-closed">
            <b>{text(isGuest ? 'closed.guest' : 'closed.own')}</b>
            <span>{text(isGuest ? 'closed.guestNext' : 'closed.ownNext')}</span>
          </span>
        </Door>
      </div>
    );
  }
  const { startAt, endAt, state, subject, number } = meeting;
  const planned = doorOpening({ startAt: new Date(startAt), endAt: new Date(endAt), now });
  const opening = state === 'live' ? 1 : planned;
  const style: CSSProperties & { '--door-open': number } = { '--door-open': opening };
  return (
    <div className="doorway" style={style}>
      <DoorButton
        opening={opening}
        hasSpill
        className="doorway-door"
        label={text('joinWhat', { subject })}
        onPress={() => onGo(number)}
      >
        <span className="doorway-join">{text('join')}</span>
      </DoorButton>
      <div className="doorway-notes">
        <p className="doorway-top">{subject}</p>
      </div>
    </div>
  );
}

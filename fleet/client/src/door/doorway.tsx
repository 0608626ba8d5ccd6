import type { MeetingDoor } from '@anteroom/shared/api/meetings.ts';
import { joinableBeforeMs, lingerAfterMs } from '@anteroom/shared/meeting/joinable.ts';
import { Door, DoorButton } from '@anteroom/ui/door/door.tsx';
import { doorOpening } from '@anteroom/ui/door/opening.ts';
import { useDuration } from '@anteroom/ui/text/use-duration.ts';
import type { CSSProperties } from 'react';
import { texts } from '../locales/texts.ts';
import type { LocalMediaState } from '../media/local-media.ts';
import { useMeetingWords } from './use-meeting-words.ts';

/** The door of the meeting: open it is the Join button, closed it says when it opens, or that it will not. */
export function Doorway({ door, media, onJoin }: { door: MeetingDoor; media: LocalMediaState; onJoin: () => void }) {
  const text = texts.useText();
  const duration = useDuration();
  const { now, startAt, endAt, timeOf } = useMeetingWords(door);
  const isOver = door.state === 'over' || door.state === 'cancelled';
  const untilMs = startAt.getTime() - now.getTime();
  // A meeting that runs over its end can still be joined until it is closed.
  const lastJoinAt = new Date(endAt.getTime() + lingerAfterMs);
  const opening = isOver ? 0 : door.state === 'live' ? 1 : doorOpening({ startAt, endAt: lastJoinAt, now });

  if (opening === 0) {
    const [title, next] = isOver
      ? door.state === 'over'
        ? [text('door.over'), text('door.overNext')]
        : [text('door.cancelled'), text('door.cancelledNext')]
      : untilMs > joinableBeforeMs
        ? [
            text('door.early', { time: timeOf(new Date(startAt.getTime() - joinableBeforeMs)) }),
            door.waitsForHost ? text('door.earlyHost') : text('door.earlyNext'),
          ]
        : [text('door.over'), text('door.overNext')];
    return (
      <div className="doorway">
        <Door opening={0} className="doorway-door">
          <span className="doorway-closed" role="status">
            <b>{title}</b>
            <span>{next}</span>
          </span>
        </Door>
      </div>
    );
  }
  const when =
    untilMs > 0 && door.state !== 'live' ? text('door.startsIn', { time: duration(untilMs) }) : text('door.live');
  const pair = text('media.pair', {
    microphone: media.microphone.isOn ? text('media.micOn') : text('media.micOff'),
    camera: media.camera.isOn ? text('media.cameraOn') : text('media.cameraOff'),
  });
  const style: CSSProperties & { '--door-open': number } = { '--door-open': opening };
  return (
    <div className="doorway" style={style}>
      <DoorButton opening={opening} hasSpill className="doorway-door" label={text('join')} onPress={onJoin}>
        <span className="doorway-join">{text('join')}</span>
      </DoorButton>
      {/* On the light, but beside the button: the button is called what it does. */}
      <div className="doorway-notes">
        <p className="doorway-top tabular">
          {when}
          {door.waitsForHost ? <span className="doorway-host">{text('door.untilHost')}</span> : null}
        </p>
        <p className="doorway-with">
          <span>{text('door.goWith')}</span> <b>{pair}</b>
        </p>
      </div>
    </div>
  );
}

import type { MeetingItem } from '@anteroom/shared/api/meetings.ts';
import { joinableBeforeMs } from '@anteroom/shared/meeting/joinable.ts';
import { RoomMark } from '@anteroom/ui/marks/room-mark.tsx';
import { useDuration } from '@anteroom/ui/text/use-duration.ts';
import { useWhen } from '../../app/use-when.ts';
import { texts } from '../../locales/texts.ts';

/** A meeting's state: lit while it is live, half lit from ten minutes before. */
export function MeetingState({ meeting }: { meeting: MeetingItem }) {
  const text = texts.useText();
  const duration = useDuration();
  const { now } = useWhen();
  const untilMs = Date.parse(meeting.startAt) - now.getTime();
  const isSoon = meeting.state === 'scheduled' && untilMs <= joinableBeforeMs;
  const mark = meeting.state === 'live' ? 'meeting' : isSoon ? 'soon' : 'ready';
  const words =
    meeting.state === 'live'
      ? text('meeting.live', { count: meeting.participants.length })
      : isSoon
        ? untilMs > 0
          ? text('meeting.startsIn', { time: duration(untilMs) })
          : text('meeting.canBegin')
        : text(`meeting.${meeting.state}`);
  return (
    <span className="state">
      <RoomMark state={mark} heightPx={18} />
      {words}
    </span>
  );
}

import type { Meeting } from '@anteroom/shared/api/meetings.ts';
import { AgeText } from '@anteroom/ui/text/age-text.tsx';
import { IconDoor, IconUser } from '@tabler/icons-react';
import { texts } from '../../locales/texts.ts';

/** Who is in the meeting now. */
export function ParticipantsSection({ meeting }: { meeting: Meeting }) {
  const text = texts.useText();
  return (
    <section aria-labelledby="participants">
      <div className="section-head">
        <h2 id="participants">{text('participants.title')}</h2>
        <span className="t3 tabular">
          {meeting.room
            ? text('participants.seats', { count: meeting.participants.length, capacity: meeting.room.capacity })
            : meeting.participants.length}
        </span>
      </div>
      {meeting.participants.length === 0 ? (
        <p className="section-none">
          {meeting.state === 'live' || meeting.state === 'scheduled'
            ? text('participants.none')
            : text('participants.over')}
        </p>
      ) : null}
      <ul className="rows">
        {meeting.participants.map((participant) => {
          const Icon = participant.kind === 'terminal' ? IconDoor : IconUser;
          return (
            <li key={participant.participantId}>
              <Icon size={18} stroke={1.75} aria-hidden="true" className="t2" />
              <b className="grow">{participant.name}</b>
              <span className="t2">{text(`participant.${participant.kind}`)}</span>
              <span className="t3 participant-since">
                {text('participants.joined')}{' '}
                <AgeText at={participant.joinedAt} staleAfterMs={Number.POSITIVE_INFINITY} />
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

import type { ParticipantId } from '@anteroom/shared/ids.ts';
import type { RosterEntry } from '@anteroom/shared/signalling/messages.ts';
import {
  IconDoor,
  IconMicrophone,
  IconMicrophoneOff,
  IconUser,
  IconVideo,
  IconVideoOff,
  IconX,
} from '@tabler/icons-react';
import { texts } from '../locales/texts.ts';

const icon = { size: 18, stroke: 1.75, 'aria-hidden': true } as const;

/** Everybody in the meeting, and what of them is on. */
export function PeoplePanel({
  roster,
  ownId,
  onClose,
}: {
  roster: readonly RosterEntry[];
  ownId: ParticipantId;
  onClose: () => void;
}) {
  const text = texts.useText();
  return (
    <aside className="people" aria-label={text('in.people')}>
      <header className="people-head">
        <h2>
          {text('in.people')} <span className="t2 tabular">{roster.length}</span>
        </h2>
        <span className="grow" />
        <button type="button" className="plain-control" aria-label={text('in.peopleClose')} onClick={onClose}>
          <IconX size={20} stroke={1.75} aria-hidden="true" />
        </button>
      </header>
      <ul>
        {roster.map((entry) => (
          <li key={entry.participantId}>
            {entry.kind === 'terminal' ? <IconDoor {...icon} /> : <IconUser {...icon} />}
            <span className="grow person-name">
              {entry.name}
              <span className="t2">
                {entry.participantId === ownId
                  ? text('in.you')
                  : entry.role === 'host'
                    ? text('person.host')
                    : text(`person.${entry.kind}`)}
              </span>
            </span>
            {entry.isConnected ? null : <span className="t2">{text('person.connecting')}</span>}
            <span className="person-mark" data-off={entry.media.isMicrophoneOn ? undefined : ''}>
              {entry.media.isMicrophoneOn ? <IconMicrophone {...icon} /> : <IconMicrophoneOff {...icon} />}
              <span className="visually-hidden">
                {entry.media.isMicrophoneOn ? text('media.micOn') : text('person.muted')}
              </span>
            </span>
            <span className="person-mark" data-off={entry.media.isCameraOn ? undefined : ''}>
              {entry.media.isCameraOn ? <IconVideo {...icon} /> : <IconVideoOff {...icon} />}
              <span className="visually-hidden">
                {entry.media.isCameraOn ? text('media.cameraOn') : text('person.cameraOff')}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </aside>
  );
}

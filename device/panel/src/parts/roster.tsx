import type { RosterEntry } from '@anteroom/shared/signalling/messages.ts';
import { initials } from '@anteroom/ui/format/time.ts';
import {
  IconDoor,
  IconMicrophone,
  IconMicrophoneOff,
  IconPlugConnected,
  IconVideo,
  IconVideoOff,
} from '@tabler/icons-react';
import { useText } from '../locales/texts.ts';
import './roster.css';

type RosterProps = { roster: readonly RosterEntry[]; ownParticipantId: string; number: string };

/** Who is here, this room first; microphone, camera and speech of each in shape and word. */
export function Roster({ roster, ownParticipantId, number }: RosterProps) {
  const text = useText();
  const isOwn = ({ participantId }: RosterEntry) => participantId === ownParticipantId;
  const sorted = [...roster].sort(
    (a, b) => Number(isOwn(b)) - Number(isOwn(a)) || Date.parse(a.joinedAt) - Date.parse(b.joinedAt),
  );
  const heading = text('call.people', { count: roster.length });
  return (
    <section className="roster" aria-label={heading}>
      <h2>{heading}</h2>
      {/* A long list scrolls, so the keyboard has to reach it. */}
      <ul tabIndex={roster.length > 4 ? 0 : undefined}>
        {sorted.map((entry) => (
          <Row key={entry.participantId} entry={entry} isOwn={isOwn(entry)} />
        ))}
      </ul>
      {!roster.some((entry) => !isOwn(entry)) && (
        <p className="roster-alone tabular">{text('call.alone', { number: groupDigits(number) })}</p>
      )}
    </section>
  );
}

/** `418205736` → `418 205 736` */
export function groupDigits(number: string): string {
  return number.replace(/(\d{3})(?=\d)/gu, '$1 ');
}

function Row({ entry, isOwn }: { entry: RosterEntry; isOwn: boolean }) {
  const text = useText();
  const { name, kind, role, media } = entry;
  const tag = () => {
    if (isOwn) return text('call.thisRoom');
    if (role === 'host') return text('call.host');
    if (kind === 'terminal') return text('call.room');
    return role === 'guest' ? text('call.guest') : null;
  };
  const CameraIcon = media.isCameraOn ? IconVideo : IconVideoOff;
  return (
    <li>
      <span className="roster-mark" aria-hidden="true">
        {kind === 'terminal' ? <IconDoor stroke={1.75} /> : initials(name)}
      </span>
      <span className="roster-name">
        <b>{name}</b> <small>{tag()}</small>
      </span>
      <MicrophoneMark entry={entry} />
      <span className="roster-camera">
        <CameraIcon aria-hidden="true" stroke={1.75} />
        <span className="visually-hidden">{media.isCameraOn ? text('call.cameraOn') : text('call.cameraOff')}</span>
      </span>
    </li>
  );
}

function MicrophoneMark({ entry: { isConnected, isSpeaking, media } }: { entry: RosterEntry }) {
  const text = useText();
  if (!isConnected) {
    return (
      <span className="roster-mic" data-state="away">
        <IconPlugConnected aria-hidden="true" stroke={1.75} />
        {text('call.away')}
      </span>
    );
  }
  if (!media.isMicrophoneOn) {
    return (
      <span className="roster-mic">
        <IconMicrophoneOff aria-hidden="true" stroke={1.75} />
        {text('call.micOff')}
      </span>
    );
  }
  return (
    <span className="roster-mic" data-state={isSpeaking ? 'speaking' : undefined}>
      <IconMicrophone aria-hidden="true" stroke={1.75} />
      {isSpeaking ? text('call.speaking') : text('call.micOn')}
    </span>
  );
}

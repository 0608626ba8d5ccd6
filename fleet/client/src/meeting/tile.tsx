import type { RosterEntry } from '@anteroom/shared/signalling/messages.ts';
import { initials } from '@anteroom/ui/format/time.ts';
import { IconDoor, IconMicrophoneOff } from '@tabler/icons-react';
import { TileMarks } from '../control/tile-marks.tsx';
import { texts } from '../locales/texts.ts';
import type { LocalMediaState } from '../media/local-media.ts';
import { StreamVideo } from '../media/stream-video.tsx';

/** Somebody else: picture or initials, name, whether the microphone is off, and a frame of light while speaking. */
export function Tile({
  entry,
  stream,
  onBlocked,
}: {
  entry: RosterEntry;
  stream: MediaStream | null;
  onBlocked: (video: HTMLVideoElement) => void;
}) {
  const text = texts.useText();
  const { media } = entry;
  return (
    <li
      className="tile"
      data-speaking={entry.isSpeaking ? '' : undefined}
      data-away={entry.isConnected ? undefined : ''}
    >
      {/* Under the initials the element stays: it carries the sound. */}
      {stream ? (
        <StreamVideo
          stream={stream}
          label={entry.name}
          isMuted={false}
          participantId={entry.participantId}
          onBlocked={onBlocked}
        />
      ) : null}
      {stream && media.isCameraOn ? null : <Initials name={entry.name} isRoom={entry.kind === 'terminal'} />}
      <NameTag name={entry.name} isMuted={!media.isMicrophoneOn} isSpeaking={entry.isSpeaking} />
      <TileMarks participantId={entry.participantId} />
      {entry.isConnected ? null : <span className="tile-note">{text('person.connecting')}</span>}
    </li>
  );
}

/** Oneself, as in a mirror and without sound. */
export function SelfTile({ media, name, isSpeaking }: { media: LocalMediaState; name: string; isSpeaking: boolean }) {
  const text = texts.useText();
  return (
    <li className="tile self" data-speaking={isSpeaking ? '' : undefined}>
      {media.camera.isOn ? (
        <StreamVideo stream={media.stream} label={text('preview.label')} isMuted isMirrored />
      ) : null}
      {media.camera.isOn ? null : <Initials name={name} isRoom={false} />}
      <TileMarks participantId={null} />
      <NameTag name={text('in.you')} isMuted={!media.microphone.isOn} isSpeaking={isSpeaking} />
    </li>
  );
}

function Initials({ name, isRoom }: { name: string; isRoom: boolean }) {
  return (
    <div className="tile-none" aria-hidden="true">
      <span className="initials">{isRoom ? <IconDoor size={44} stroke={1.5} /> : initials(name)}</span>
    </div>
  );
}

function NameTag({ name, isMuted, isSpeaking }: { name: string; isMuted: boolean; isSpeaking: boolean }) {
  const text = texts.useText();
  return (
    <span className="name-tag">
      {isMuted ? (
        <span className="name-muted">
          <IconMicrophoneOff size={17} stroke={1.75} aria-hidden="true" />
          <span className="visually-hidden">{text('person.muted')}</span>
        </span>
      ) : null}
      {name}
      {isSpeaking && !isMuted ? (
        <span className="bars" role="img" aria-label={text('person.speaking')}>
          <i />
          <i />
          <i />
          <i />
        </span>
      ) : null}
    </span>
  );
}

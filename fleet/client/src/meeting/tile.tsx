import type { RosterEntry } from '@anteroom/shared/signalling/messages.ts';
import { initials } from '@anteroom/ui/format/time.ts';
import { IconDoor, IconMicrophoneOff, IconPinned, IconPinnedOff } from '@tabler/icons-react';
import { TileMarks } from '../control/tile-marks.tsx';
import { texts } from '../locales/texts.ts';
import type { LocalMediaState } from '../media/local-media.ts';
import { StreamVideo } from '../media/stream-video.tsx';
import { viewTexts } from './locales/texts.ts';
import type { Box } from './stage-boxes.ts';

/** Somebody else: picture or initials, name, whether the microphone is off, and a frame of light while speaking. */
export function Tile({
  entry,
  stream,
  box,
  isPinned,
  onPin,
}: {
  entry: RosterEntry;
  stream: MediaStream | null;
  box: Box;
  isPinned: boolean;
  onPin: (isPinned: boolean) => void;
}) {
  const text = texts.useText();
  const { media } = entry;
  return (
    <li
      className="tile"
      style={box}
      data-kind={entry.kind}
      data-speaking={entry.isSpeaking ? '' : undefined}
      data-away={entry.isConnected ? undefined : ''}
    >
      {stream && media.isCameraOn ? (
        <StreamVideo stream={stream} label={entry.name} participantId={entry.participantId} />
      ) : (
        <Initials name={entry.name} isRoom={entry.kind === 'terminal'} />
      )}
      <NameTag name={entry.name} isMuted={!media.isMicrophoneOn} isSpeaking={entry.isSpeaking} />
      <TileMarks participantId={entry.participantId} />
      <span className="tile-corner">
        {entry.isConnected ? null : <span className="tile-note">{text('person.connecting')}</span>}
        <PinButton name={entry.name} isPinned={isPinned} onPin={onPin} />
      </span>
    </li>
  );
}

/** Seen under a pointer and by the keyboard; while somebody is pinned always. */
function PinButton({ name, isPinned, onPin }: { name: string; isPinned: boolean; onPin: (isPinned: boolean) => void }) {
  const text = viewTexts.useText();
  const label = text(isPinned ? 'pin.off' : 'pin.on', { name });
  const Icon = isPinned ? IconPinnedOff : IconPinned;
  return (
    <button
      type="button"
      className="tile-pin"
      aria-label={label}
      title={label}
      data-pinned={isPinned ? '' : undefined}
      onClick={() => onPin(!isPinned)}
    >
      <Icon size={20} stroke={1.75} aria-hidden="true" />
    </button>
  );
}

/** Oneself, as in a mirror and without sound. */
export function SelfTile({
  media,
  name,
  isSpeaking,
  box,
  isInCorner,
}: {
  media: LocalMediaState;
  name: string;
  isSpeaking: boolean;
  box: Box;
  isInCorner: boolean;
}) {
  const text = texts.useText();
  return (
    <li
      className="tile self"
      style={box}
      data-corner={isInCorner ? '' : undefined}
      data-speaking={isSpeaking ? '' : undefined}
    >
      {media.camera.isOn ? (
        <StreamVideo stream={media.stream} label={text('preview.label')} isMirrored={media.facing !== 'environment'} />
      ) : (
        <Initials name={name} isRoom={false} />
      )}
      <TileMarks participantId={null} />
      <NameTag name={text('in.you')} isMuted={!media.microphone.isOn} isSpeaking={isSpeaking} />
    </li>
  );
}

export function Initials({ name, isRoom }: { name: string; isRoom: boolean }) {
  return (
    <div className="tile-none" aria-hidden="true">
      <span className="initials">{isRoom ? <IconDoor size={44} stroke={1.5} /> : initials(name)}</span>
    </div>
  );
}

export function NameTag({ name, isMuted, isSpeaking }: { name: string; isMuted: boolean; isSpeaking: boolean }) {
  const text = texts.useText();
  return (
    <span className="name-tag">
      {isMuted ? (
        <span className="name-muted">
          <IconMicrophoneOff size={17} stroke={1.75} aria-hidden="true" />
          <span className="visually-hidden">{text('person.muted')}</span>
        </span>
      ) : null}
      <span className="name-words">{name}</span>
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

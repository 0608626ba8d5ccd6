import type { RosterEntry } from '@anteroom/shared/signalling/messages.ts';
import { useLanguage } from '@anteroom/ui/i18n/language.tsx';
import { useScheme } from '@anteroom/ui/scheme/scheme.tsx';
import { IconDoorExit, IconMicrophone, IconMicrophoneOff } from '@tabler/icons-react';
import { useEffect, useLayoutEffect } from 'react';
import { createPortal } from 'react-dom';
import { useSeat } from '../control/seat.tsx';
import { texts } from '../locales/texts.ts';
import { useMediaState } from '../media/media-context.tsx';
import { StreamVideo } from '../media/stream-video.tsx';
import { arrangeTiles } from '../meeting/layout.ts';
import { Initials, NameTag } from '../meeting/tile.tsx';
import { useSpeech } from '../meeting/use-speech.ts';
import { pipTexts } from './locales/texts.ts';
import './pip.css';
import { dressWindow } from './dress-window.ts';
import { PipVideo } from './pip-video.tsx';

/** Whoever speaks, in a window above all others for as long as it is open. */
export function PipStage({ onLeave }: { onLeave: () => void }) {
  const { client, pip, view } = useSeat();
  const { roster, participantId: ownId } = client;
  const speech = useSpeech(roster, ownId);
  const { open, show, close, fail } = pip;
  const seen = open?.way === 'video' ? roster.filter(({ media }) => media.isCameraOn) : roster;
  const { large } = arrangeTiles({
    ...{ roster: seen, ownId, speech, layout: 'speaker', hasContent: false, page: 0, perPage: 1 },
    ...{ pinnedId: view.pinnedId, spotlightId: client.talk.controls.spotlight },
  });
  const shownId = large?.participantId ?? null;
  useEffect(() => show(shownId), [show, shownId]);
  if (open === null) return null;
  const stream = large ? (client.remotes.get(large.participantId) ?? null) : null;
  if (open.way === 'video') return <PipVideo stream={stream} onClose={close} onFail={fail} />;
  return <PipWindow in={open.window} speaker={large} stream={stream} onLeave={onLeave} />;
}

function PipWindow({
  in: opened,
  speaker,
  stream,
  onLeave,
}: {
  in: Window;
  speaker: RosterEntry | null;
  stream: MediaStream | null;
  onLeave: () => void;
}) {
  const text = texts.useText();
  const pipText = pipTexts.useText();
  const { client, toggle } = useSeat();
  const { microphone } = useMediaState();
  const { language } = useLanguage();
  const { scheme } = useScheme();
  useLayoutEffect(() => {
    dressWindow(opened, document, { title: client.meeting.subject, language, scheme });
  }, [opened, client.meeting.subject, language, scheme]);
  useEffect(() => () => opened.close(), [opened]);
  const MicrophoneIcon = microphone.isOn ? IconMicrophone : IconMicrophoneOff;
  return createPortal(
    <main className="pip">
      <h1 className="visually-hidden">{client.meeting.subject}</h1>
      {/* A tile of its own: the same name and marks as on the stage. */}
      <div className="tile pip-tile" data-speaking={speaker?.isSpeaking ? '' : undefined}>
        {speaker === null ? (
          <p className="pip-alone">{pipText('alone')}</p>
        ) : stream && speaker.media.isCameraOn ? (
          <StreamVideo stream={stream} label={speaker.name} />
        ) : (
          <Initials name={speaker.name} isRoom={speaker.kind === 'terminal'} />
        )}
        {speaker ? (
          <NameTag name={speaker.name} isMuted={!speaker.media.isMicrophoneOn} isSpeaking={speaker.isSpeaking} />
        ) : null}
      </div>
      <div className="pip-acts">
        <button
          type="button"
          className="control"
          data-off={microphone.isOn ? undefined : ''}
          onClick={() => toggle('microphone')}
        >
          <MicrophoneIcon size={22} stroke={1.75} aria-hidden="true" />
          {text(microphone.isOn ? 'mic.mute' : 'mic.unmute')}
        </button>
        <button type="button" className="control leave" onClick={onLeave}>
          <IconDoorExit size={22} stroke={1.75} aria-hidden="true" />
          {text('leave')}
        </button>
      </div>
    </main>,
    opened.document.body,
  );
}

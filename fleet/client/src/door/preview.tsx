import { initials } from '@anteroom/ui/format/time.ts';
import { IconCameraRotate, IconMicrophone, IconMicrophoneOff, IconVideo, IconVideoOff } from '@tabler/icons-react';
import { canTurn } from '../devices/can-turn.ts';
import { texts } from '../locales/texts.ts';
import type { DeviceKind, LocalMediaState } from '../media/local-media.ts';
import { useLocalMedia } from '../media/media-context.tsx';
import { StreamVideo } from '../media/stream-video.tsx';

/** How the others will see the guest, with both switches on it. */
export function Preview({
  media,
  name,
  onToggle,
}: {
  media: LocalMediaState;
  name: string;
  onToggle: (kind: DeviceKind) => void;
}) {
  const text = texts.useText();
  const localMedia = useLocalMedia();
  const { microphone, camera, stream, facing } = media;
  return (
    <section className="preview" aria-label={text('preview.label')}>
      {camera.isOn ? (
        <StreamVideo stream={stream} isMirrored={facing !== 'environment'} label={text('preview.label')} />
      ) : null}
      {camera.isOn ? null : (
        <div className="preview-none">
          <span className="initials" aria-hidden="true">
            {name.trim() ? initials(name) : '·'}
          </span>
          <p>
            {camera.isOpening
              ? text('camera.opening')
              : camera.fault
                ? text(`camera.${camera.fault}`)
                : text('camera.off')}
          </p>
        </div>
      )}
      <div className="preview-switches">
        <button
          type="button"
          className="switch"
          data-off={microphone.isOn ? undefined : ''}
          aria-label={microphone.isOn ? text('mic.mute') : text('mic.unmute')}
          title={microphone.isOn ? text('mic.mute') : text('mic.unmute')}
          onClick={() => onToggle('microphone')}
        >
          {microphone.isOn ? (
            <IconMicrophone size={30} stroke={1.75} aria-hidden="true" />
          ) : (
            <IconMicrophoneOff size={30} stroke={1.75} aria-hidden="true" />
          )}
        </button>
        <button
          type="button"
          className="switch"
          data-off={camera.isOn ? undefined : ''}
          aria-label={camera.isOn ? text('camera.stop') : text('camera.start')}
          title={camera.isOn ? text('camera.stop') : text('camera.start')}
          onClick={() => onToggle('camera')}
        >
          {camera.isOn ? (
            <IconVideo size={30} stroke={1.75} aria-hidden="true" />
          ) : (
            <IconVideoOff size={30} stroke={1.75} aria-hidden="true" />
          )}
        </button>
        {canTurn(media) ? (
          <button
            type="button"
            className="switch"
            aria-label={text('camera.turn')}
            title={text('camera.turn')}
            onClick={() => localMedia.turnCamera().catch((error: unknown) => reportError(error))}
          >
            <IconCameraRotate size={30} stroke={1.75} aria-hidden="true" />
          </button>
        ) : null}
      </div>
      {name.trim() ? <span className="name-tag">{name.trim()}</span> : null}
    </section>
  );
}

import type { RosterEntry } from '@anteroom/shared/signalling/messages.ts';
import { IconMicrophone, IconMicrophoneOff, IconUsers, IconVideo, IconVideoOff } from '@tabler/icons-react';
import { ChatButton, HandButton, LeaveButton, ReactButton } from '../control/control-buttons.tsx';
import { controlTexts } from '../control/locales/texts.ts';
import { MoreButton } from '../control/more-button.tsx';
import { texts } from '../locales/texts.ts';
import type { DeviceKind, LocalMediaState } from '../media/local-media.ts';
import { NetworkButton } from '../network/network-button.tsx';
import { ShareButton } from '../sharing/share-button.tsx';
import { shortcutKeys } from '../shortcuts/shortcuts.ts';

const icon = { size: 24, stroke: 1.75, 'aria-hidden': true } as const;

/** Microphone, camera, screen, people, and Leave apart from them at the far end. */
export function Controls({
  media,
  own,
  peopleCount,
  hasPeople,
  onToggle,
  onPeople,
  onLeave,
}: {
  media: LocalMediaState;
  own: RosterEntry | null;
  peopleCount: number;
  hasPeople: boolean;
  onToggle: (kind: DeviceKind) => void;
  onPeople: () => void;
  onLeave: () => void;
}) {
  const text = texts.useText();
  const control = controlTexts.useText();
  const { microphone, camera } = media;
  const fault = microphone.fault
    ? text(`mic.${microphone.fault}`)
    : camera.fault
      ? text(`camera.${camera.fault}`)
      : null;
  return (
    <section className="controls" aria-label={text('in.controls')}>
      {fault ? (
        <p className="controls-fault" role="status">
          {fault}
        </p>
      ) : null}
      <button
        type="button"
        className="control"
        data-off={microphone.isOn ? undefined : ''}
        aria-keyshortcuts={shortcutKeys.microphone}
        onClick={() => onToggle('microphone')}
      >
        {microphone.isOn ? <IconMicrophone {...icon} /> : <IconMicrophoneOff {...icon} />}
        <span className="control-words">
          {own?.isMutedByHost ? (
            <small className="by-host">{control('mic.byHost')}</small>
          ) : microphone.isOn ? null : (
            <small>{text('mic.cannotHear')}</small>
          )}
          <span>{microphone.isOn ? text('mic.mute') : text('mic.unmute')}</span>
        </span>
      </button>
      <button
        type="button"
        className="control"
        aria-keyshortcuts={shortcutKeys.camera}
        onClick={() => onToggle('camera')}
      >
        {camera.isOn ? <IconVideo {...icon} /> : <IconVideoOff {...icon} />}
        <span className="control-words">
          {own?.isCameraStoppedByHost ? <small className="by-host">{control('camera.byHost')}</small> : null}
          <span>{camera.isOn ? text('camera.stop') : text('camera.start')}</span>
        </span>
      </button>
      <ShareButton />
      <button
        type="button"
        className="control"
        aria-expanded={hasPeople}
        aria-keyshortcuts={shortcutKeys.people}
        onClick={onPeople}
      >
        <IconUsers {...icon} />
        <span className="control-words">{text('in.people')}</span>
        <span className="t2 tabular">{peopleCount}</span>
      </button>
      <ChatButton />
      <HandButton />
      <ReactButton />
      <MoreButton />
      <NetworkButton />
      <span className="grow" />
      <LeaveButton label={text('leave')} onLeave={onLeave} />
    </section>
  );
}

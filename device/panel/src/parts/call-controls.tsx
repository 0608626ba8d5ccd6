import type { MediaState } from '@anteroom/shared/signalling/messages.ts';
import {
  IconMicrophone,
  IconMicrophoneOff,
  IconVideo,
  IconVideoOff,
  IconVolume,
  IconVolume2,
} from '@tabler/icons-react';
import { useText } from '../locales/texts.ts';
import { usePanel } from '../state/panel-context.tsx';
import { TouchButton } from './touch-button.tsx';
import './call-controls.css';

const volumeStep = 10;

/** Microphone, camera and volume: what is so above, what a touch does below. */
export function CallControls({
  media,
  isHeard,
  isMutedByHost,
}: {
  media: MediaState;
  isHeard: boolean;
  isMutedByHost: boolean;
}) {
  const text = useText();
  const { isMicrophoneOn, isCameraOn } = media;
  const microphoneNote = () => {
    if (!isMicrophoneOn) return text(isMutedByHost ? 'call.mutedByHost' : 'call.microphoneOff');
    return isHeard ? text('call.hearYou') : text('call.microphoneOn');
  };
  return (
    <footer className="controls">
      <TouchButton
        touch={{ kind: 'setMicrophone', isOn: !isMicrophoneOn }}
        shape="tile"
        tone="primary"
        className="controls-microphone"
        icon={
          isMicrophoneOn ? (
            <IconMicrophone aria-hidden="true" stroke={1.75} />
          ) : (
            <IconMicrophoneOff aria-hidden="true" stroke={1.75} />
          )
        }
        note={microphoneNote()}
        label={isMicrophoneOn ? text('call.mute') : text('call.unmute')}
      />
      <TouchButton
        touch={{ kind: 'setCamera', isOn: !isCameraOn }}
        shape="tile"
        icon={
          isCameraOn ? (
            <IconVideo aria-hidden="true" stroke={1.75} />
          ) : (
            <IconVideoOff aria-hidden="true" stroke={1.75} />
          )
        }
        note={isCameraOn ? text('call.seeYou') : text('call.seeNot')}
        label={isCameraOn ? text('call.stopCamera') : text('call.startCamera')}
      />
      <Volume />
    </footer>
  );
}

function Volume() {
  const text = useText();
  const { volumePercent } = usePanel().state;
  const quieter = Math.max(0, volumePercent - volumeStep);
  const louder = Math.min(100, volumePercent + volumeStep);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset draws a frame and takes no flex layout
    <div className="volume" role="group" aria-label={text('call.volume')}>
      <div className="volume-value">
        <span>{text('call.volume')}</span>
        <output className="tabular">{volumePercent}</output>
        <span className="volume-bar" aria-hidden="true">
          <i style={{ width: `${volumePercent}%` }} />
        </span>
      </div>
      <TouchButton
        touch={{ kind: 'setVolume', volumePercent: quieter }}
        shape="square"
        icon={<IconVolume2 aria-hidden="true" stroke={1.75} />}
        label={text('call.quieter')}
        reason={volumePercent === 0 ? text('call.atQuietest') : null}
      />
      <TouchButton
        touch={{ kind: 'setVolume', volumePercent: louder }}
        shape="square"
        icon={<IconVolume aria-hidden="true" stroke={1.75} />}
        label={text('call.louder')}
        reason={volumePercent === 100 ? text('call.atLoudest') : null}
      />
    </div>
  );
}

import type { CallState } from '@anteroom/shared/panel/state.ts';
import {
  IconAdjustments,
  IconHandOff,
  IconHandStop,
  IconMicrophone,
  IconMicrophoneOff,
  IconMoodHappy,
  IconVideo,
  IconVideoOff,
  IconVolume,
  IconVolume2,
} from '@tabler/icons-react';
import { type InMeeting, isHosting, ownEntry } from '../control/hosting.ts';
import { StepButton } from '../control/sheet.tsx';
import { useControlText } from '../locales/control/texts.ts';
import { useText } from '../locales/texts.ts';
import { usePanel } from '../state/panel-context.tsx';
import { TouchButton } from './touch-button.tsx';
import './call-controls.css';

const volumeStep = 10;

type ControlsProps = {
  call: Extract<CallState, { state: 'in' | 'reconnecting' }>;
  isHeard: boolean;
  isMutedByHost: boolean;
  onReact: () => void;
  onHost: () => void;
};

/** Microphone, camera, hand and host: what is so above, what a touch does below. */
export function CallControls({ call, isHeard, isMutedByHost, onReact, onHost }: ControlsProps) {
  return (
    <footer className="controls">
      <MicrophoneButton isOn={call.media.isMicrophoneOn} isHeard={isHeard} isMutedByHost={isMutedByHost} />
      <CameraButton isOn={call.media.isCameraOn} />
      {call.state === 'in' && <MeetingButtons call={call} onReact={onReact} onHost={onHost} />}
    </footer>
  );
}

type MicrophoneProps = Pick<ControlsProps, 'isHeard' | 'isMutedByHost'> & { isOn: boolean };

function MicrophoneButton({ isOn, isHeard, isMutedByHost }: MicrophoneProps) {
  const text = useText();
  const Icon = isOn ? IconMicrophone : IconMicrophoneOff;
  const { isMutedInRoom } = usePanel().state;
  const note = () => {
    if (isMutedInRoom) return text('call.mutedInRoom');
    if (!isOn) return text(isMutedByHost ? 'call.mutedByHost' : 'call.microphoneOff');
    return isHeard ? text('call.hearYou') : text('call.microphoneOn');
  };
  return (
    <TouchButton
      touch={{ kind: 'setMicrophone', isOn: !isOn }}
      shape="tile"
      tone="primary"
      className="controls-microphone"
      icon={<Icon aria-hidden="true" stroke={1.75} />}
      note={note()}
      label={isOn ? text('call.mute') : text('call.unmute')}
    />
  );
}

function CameraButton({ isOn }: { isOn: boolean }) {
  const text = useText();
  const Icon = isOn ? IconVideo : IconVideoOff;
  return (
    <TouchButton
      touch={{ kind: 'setCamera', isOn: !isOn }}
      shape="tile"
      icon={<Icon aria-hidden="true" stroke={1.75} />}
      note={isOn ? text('call.seeYou') : text('call.seeNot')}
      label={isOn ? text('call.stopCamera') : text('call.startCamera')}
    />
  );
}

function MeetingButtons({ call, onReact, onHost }: Pick<ControlsProps, 'onReact' | 'onHost'> & { call: InMeeting }) {
  const text = useControlText();
  const isRaised = ownEntry(call)?.handRaisedAt != null;
  const HandIcon = isRaised ? IconHandOff : IconHandStop;
  return (
    <>
      <TouchButton
        touch={{ kind: 'control', action: { kind: 'raiseHand', isRaised: !isRaised } }}
        shape="tile"
        icon={<HandIcon aria-hidden="true" stroke={1.75} />}
        note={isRaised ? text('hand.note') : undefined}
        label={text(isRaised ? 'hand.lower' : 'hand.raise')}
      />
      <StepButton
        opensSheet
        shape="tile"
        icon={<IconMoodHappy aria-hidden="true" stroke={1.75} />}
        label={text('react.open')}
        reason={null}
        onPress={onReact}
      />
      {isHosting(call) && (
        <StepButton
          opensSheet
          shape="tile"
          icon={<IconAdjustments aria-hidden="true" stroke={1.75} />}
          label={text('host.title')}
          reason={null}
          onPress={onHost}
        />
      )}
    </>
  );
}

/** The room's loudspeaker. */
export function Volume() {
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

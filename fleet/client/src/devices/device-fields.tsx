import { IconMicrophone, IconVideo, IconVolume } from '@tabler/icons-react';
import { texts } from '../locales/texts.ts';
import { useLocalMedia, useMediaState } from '../media/media-context.tsx';
import { DeviceSelect } from './device-select.tsx';
import { LevelMeter } from './level-meter.tsx';
import { TestSound } from './test-sound-button.tsx';
import './devices.css';

const icon = { size: 20, stroke: 1.75, 'aria-hidden': true } as const;

/** Which microphone, camera and speaker; whether the microphone hears anything, and the speaker is heard. */
export function DeviceFields({ hasPreview }: { /** Which says what is wrong with the camera. */ hasPreview: boolean }) {
  const text = texts.useText();
  const localMedia = useLocalMedia();
  const media = useMediaState();
  const { microphone, camera, choices } = media;
  const choose = (kind: 'microphone' | 'camera') => (deviceId: string) => {
    localMedia.choose(kind, deviceId).catch((error: unknown) => reportError(error));
  };
  return (
    <div className="devices">
      <div className="field">
        <DeviceSelect
          kind="microphone"
          icon={<IconMicrophone {...icon} />}
          choices={choices.microphone}
          deviceId={microphone.deviceId}
          onChoose={choose('microphone')}
        />
        {microphone.fault ? <p className="hint">{text(`mic.${microphone.fault}`)}</p> : null}
        {!microphone.fault && microphone.isOn ? <LevelMeter media={media} /> : null}
      </div>
      <div className="field">
        <DeviceSelect
          kind="camera"
          icon={<IconVideo {...icon} />}
          choices={choices.camera}
          deviceId={camera.deviceId}
          onChoose={choose('camera')}
        />
        {camera.fault && !hasPreview ? <p className="hint">{text(`camera.${camera.fault}`)}</p> : null}
      </div>
      <SpeakerField />
    </div>
  );
}

function SpeakerField() {
  const text = texts.useText();
  const localMedia = useLocalMedia();
  const { choices, speakerId, canChooseSpeaker } = useMediaState();
  return (
    <div className="field">
      {canChooseSpeaker && choices.speaker.length > 0 ? (
        <DeviceSelect
          kind="speaker"
          icon={<IconVolume {...icon} />}
          choices={choices.speaker}
          deviceId={speakerId ?? choices.speaker[0]?.deviceId ?? null}
          onChoose={(deviceId) => {
            localMedia.choose('speaker', deviceId).catch((error: unknown) => reportError(error));
          }}
        />
      ) : (
        <>
          <p className="field-name">{text('device.speaker')}</p>
          <p className="system-speaker">
            <IconVolume {...icon} />
            {text('speaker.system')}
          </p>
        </>
      )}
      <TestSound />
    </div>
  );
}

import { texts } from '../locales/texts.ts';
import type { DeviceKind, LocalMediaState } from '../media/local-media.ts';
import { useLevel } from '../media/use-level.ts';

/** Which microphone and camera, and whether the microphone hears anything. */
export function DeviceFields({
  media,
  onChoose,
}: {
  media: LocalMediaState;
  onChoose: (kind: DeviceKind, deviceId: string) => void;
}) {
  return (
    <div className="devices">
      <DeviceField kind="microphone" media={media} onChoose={onChoose} />
      <DeviceField kind="camera" media={media} onChoose={onChoose} />
    </div>
  );
}

function DeviceField({
  kind,
  media,
  onChoose,
}: {
  kind: DeviceKind;
  media: LocalMediaState;
  onChoose: (kind: DeviceKind, deviceId: string) => void;
}) {
  const text = texts.useText();
  const choices = media.choices[kind];
  const device = media[kind];
  return (
    <div className="field">
      <label htmlFor={kind}>{text(`device.${kind}`)}</label>
      <select
        id={kind}
        value={device.deviceId ?? ''}
        disabled={choices.length === 0}
        onChange={(event) => onChoose(kind, event.target.value)}
      >
        {choices.length === 0 || device.deviceId === null ? <option value="">{text('device.none')}</option> : null}
        {choices.map((choice) => (
          <option key={choice.deviceId} value={choice.deviceId}>
            {choice.label}
          </option>
        ))}
      </select>
      {kind === 'microphone' && device.fault ? <p className="hint">{text(`mic.${device.fault}`)}</p> : null}
      {kind === 'microphone' && !device.fault && device.isOn ? <LevelMeter media={media} /> : null}
    </div>
  );
}

const steps = Array.from({ length: 10 }, (_unused, step) => (step + 1) / 10);
/** Quieter than this is the room, not a voice. */
const voiceLevel = 0.15;

function LevelMeter({ media }: { media: LocalMediaState }) {
  const text = texts.useText();
  const level = useLevel(media.stream, media.microphone.isOn);
  return (
    <div className="level">
      <meter className="visually-hidden" aria-label={text('level.label')} min={0} max={1} value={level ?? 0} />
      <span className="level-steps" aria-hidden="true">
        {steps.map((step) => (
          <i key={step} data-lit={level !== null && level >= step - 0.05 ? '' : undefined} />
        ))}
      </span>
      <span className="t2">
        {level === null ? text('level.touch') : level > voiceLevel ? text('level.speaking') : text('level.quiet')}
      </span>
    </div>
  );
}

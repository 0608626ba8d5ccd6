import { IconChevronDown } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { texts } from '../locales/texts.ts';
import type { ChoiceKind, DeviceChoice } from '../media/local-media.ts';

/** One kind of device as a select; closed when there is nothing to choose from. */
export function DeviceSelect({
  kind,
  icon,
  choices,
  deviceId,
  onChoose,
}: {
  kind: ChoiceKind;
  icon: ReactNode;
  choices: readonly DeviceChoice[];
  deviceId: string | null;
  onChoose: (deviceId: string) => void;
}) {
  const text = texts.useText();
  const isKnown = choices.some((choice) => choice.deviceId === deviceId);
  return (
    <>
      <label htmlFor={kind}>{text(`device.${kind}`)}</label>
      <div className="select">
        {icon}
        <select
          id={kind}
          value={isKnown ? (deviceId ?? '') : ''}
          disabled={choices.length === 0}
          onChange={(event) => onChoose(event.target.value)}
        >
          {isKnown ? null : <option value="">{text(choices.length === 0 ? 'device.none' : 'device.choose')}</option>}
          {choices.map((choice) => (
            <option key={choice.deviceId} value={choice.deviceId}>
              {choice.label}
            </option>
          ))}
        </select>
        <IconChevronDown size={20} stroke={1.75} aria-hidden="true" />
      </div>
    </>
  );
}

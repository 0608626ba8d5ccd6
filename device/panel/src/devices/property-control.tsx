import { assertNever } from '@anteroom/shared/assert-never.ts';
import type { DeviceRow, PropertyChoice, PropertyValue } from '@anteroom/shared/panel/devices.ts';
import { IconCheck } from '@tabler/icons-react';
import { useDeviceText } from '../locales/devices/texts.ts';
import { RangeControl } from './range-control.tsx';
import { propertyWords, valueWords } from './value-words.ts';
import './property-control.css';

/** More than this many fit no row of buttons. */
const mostButtons = 6;

/** `isOld`: what it was last heard to be is no evidence any more. */
type ControlProps = { row: DeviceRow; isOld: boolean; choice: PropertyChoice; onSet: (value: PropertyValue) => void };

/** Sets a property by hand. It stands at what is wanted of it, else at what it is known to be. */
export function PropertyControl({ row, isOld, choice, onSet }: ControlProps) {
  const { property, reading, wish } = row;
  const last = wish?.value ?? reading?.value ?? null;
  const stand = wish === null && isOld ? null : last;
  switch (choice.kind) {
    case 'switch':
      return <Buttons property={property} values={[true, false]} stand={stand} onSet={onSet} />;
    case 'oneOf':
      return choice.values.length <= mostButtons ? (
        <Buttons property={property} values={choice.values} stand={stand} onSet={onSet} />
      ) : (
        <ManyValues property={property} values={choice.values} stand={stand} onSet={onSet} />
      );
    case 'range':
      return (
        <RangeControl
          property={property}
          choice={choice}
          // A thumb has to stand somewhere, and a step goes on from where the device was.
          stand={typeof last === 'number' ? last : null}
          onSet={onSet}
        />
      );
    default:
      return assertNever(choice);
  }
}

type ValuesProps = {
  property: DeviceRow['property'];
  values: readonly PropertyValue[];
  stand: PropertyValue | null;
  onSet: (value: PropertyValue) => void;
};

function Buttons({ property, values, stand, onSet }: ValuesProps) {
  const text = useDeviceText();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset draws a frame and takes no flex layout
    <div className="property-buttons" role="group" aria-label={propertyWords(text, property)}>
      {values.map((value) => (
        <button
          key={String(value)}
          type="button"
          className="touch property-button"
          aria-pressed={value === stand}
          onClick={() => onSet(value)}
        >
          {value === stand && <IconCheck aria-hidden="true" stroke={2.2} />}
          {valueWords(text, property.kind, value)}
        </button>
      ))}
    </div>
  );
}

function ManyValues({ property, values, stand, onSet }: ValuesProps) {
  const text = useDeviceText();
  const chosen = stand === null ? -1 : values.indexOf(stand);
  return (
    <select
      className="property-select"
      aria-label={propertyWords(text, property)}
      value={chosen}
      onChange={(event) => {
        const value = values[Number(event.target.value)];
        if (value !== undefined) onSet(value);
      }}
    >
      {chosen === -1 && (
        <option value={-1}>{stand === null ? text('value.unknown') : valueWords(text, property.kind, stand)}</option>
      )}
      {values.map((value, index) => (
        <option key={String(value)} value={index}>
          {valueWords(text, property.kind, value)}
        </option>
      ))}
    </select>
  );
}

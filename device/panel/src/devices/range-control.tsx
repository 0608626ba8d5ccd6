import type { DeviceRow, PropertyChoice } from '@anteroom/shared/panel/devices.ts';
import { IconMinus, IconPlus } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useDeviceText } from '../locales/devices/texts.ts';
import { stepped } from './stepped.ts';
import { propertyWords, valueWords } from './value-words.ts';

type RangeProps = {
  property: DeviceRow['property'];
  choice: Extract<PropertyChoice, { kind: 'range' }>;
  stand: number | null;
  onSet: (value: number) => void;
};

/** A slider with a step down and a step up beside it. A finger that slides tells the terminal only where it stops. */
export function RangeControl({ property, choice, stand, onSet }: RangeProps) {
  const text = useDeviceText();
  const [sliding, setSliding] = useState<number | null>(null);
  const { least, most, step } = choice;
  const shown = sliding ?? stand ?? least;
  const what = propertyWords(text, property);
  const isUnknown = sliding === null && stand === null;
  const words = isUnknown ? text('value.unknown') : valueWords(text, property.kind, shown);
  const stop = () => {
    if (sliding !== null) onSet(sliding);
    setSliding(null);
  };
  return (
    <div className="property-range">
      <Step
        icon={<IconMinus aria-hidden="true" stroke={1.75} />}
        label={text('choice.less', { what })}
        reason={shown <= least ? text('choice.atLeast') : null}
        onPress={() => onSet(stepped(shown, -1, choice))}
      />
      <div className="property-slider">
        {/* Elsewhere stands what it is; here what the finger makes of it. */}
        <output className="tabular" data-sliding={sliding === null ? undefined : ''}>
          {words}
        </output>
        <input
          type="range"
          aria-label={what}
          aria-valuetext={words}
          min={least}
          max={most}
          step={step}
          value={shown}
          onChange={(event) => setSliding(event.target.valueAsNumber)}
          onPointerUp={stop}
          onKeyUp={stop}
          onBlur={stop}
          // The finger scrolled the page instead.
          onPointerCancel={() => setSliding(null)}
        />
      </div>
      <Step
        icon={<IconPlus aria-hidden="true" stroke={1.75} />}
        label={text('choice.more', { what })}
        reason={shown >= most ? text('choice.atMost') : null}
        onPress={() => onSet(stepped(shown, 1, choice))}
      />
    </div>
  );
}

type StepProps = { icon: ReactNode; label: string; reason: string | null; onPress: () => void };

function Step({ icon, label, reason, onPress }: StepProps) {
  return (
    <button
      type="button"
      className="touch"
      data-shape="square"
      aria-label={label}
      aria-disabled={reason !== null}
      title={reason ?? label}
      onClick={() => {
        if (reason === null) onPress();
      }}
    >
      {icon}
    </button>
  );
}

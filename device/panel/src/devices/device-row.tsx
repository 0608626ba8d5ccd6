import {
  type DeviceRow,
  deviceTouchRefusals,
  type PanelDevice,
  type PropertyValue,
} from '@anteroom/shared/panel/devices.ts';
import { localize } from '@anteroom/shared/text.ts';
import { formatDay, formatTime, isSameDay } from '@anteroom/ui/format/time.ts';
import { useLanguage } from '@anteroom/ui/i18n/language.tsx';
import { uiTexts } from '@anteroom/ui/locales/texts.ts';
import { ageOf } from '@anteroom/ui/text/age.ts';
import { useDeviceText } from '../locales/devices/texts.ts';
import { useTimeStyle } from '../state/use-time-style.ts';
import { isAiling, isStale } from './evidence.ts';
import { PropertyControl } from './property-control.tsx';
import { propertyWords, valueWords } from './value-words.ts';
import './device-row.css';

type RowProps = { device: PanelDevice; row: DeviceRow; now: Date; onSet: (value: PropertyValue) => void };

/** One property: what it is, by which evidence; what the room wants and why; and what a person makes of it. */
export function DeviceRowLine({ device, row, now, onSet }: RowProps) {
  const text = useDeviceText();
  const { language } = useLanguage();
  const { property, reading, choice } = row;
  const isOld = reading !== null && isStale(device, reading, now);
  return (
    <li className="device-row" data-stale={isOld ? '' : undefined}>
      <div className="device-row-is">
        <h3>{propertyWords(text, property)}</h3>
        <p className="device-value tabular" data-ailing={isAiling(row) ? '' : undefined}>
          {reading === null ? text('value.unknown') : valueWords(text, property.kind, reading.value)}
        </p>
        <Evidence reading={reading} isOld={isOld} now={now} />
      </div>
      <div className="device-row-do">
        {choice === null ? (
          <p className="device-read-only">{localize(deviceTouchRefusals.not_settable, language)}</p>
        ) : (
          <PropertyControl row={row} isOld={isOld} choice={choice} onSet={onSet} />
        )}
      </div>
      <WishWords row={row} isOld={isOld} />
    </li>
  );
}

/** How old a value is and whence it comes: “3 s ago · asked”; an old one says as of when. */
function Evidence({ reading, isOld, now }: { reading: DeviceRow['reading']; isOld: boolean; now: Date }) {
  const text = useDeviceText();
  const age = uiTexts.useText();
  const style = useTimeStyle();
  if (reading === null) return <p className="device-evidence">{text('origin.never')}</p>;
  const at = new Date(reading.observedAt);
  const words = () => {
    if (!isOld) {
      const { unit, count } = ageOf(at, now);
      return age(`age.${unit}`, { count });
    }
    const time = formatTime(at, style);
    return age('age.asOf', {
      time: isSameDay(at, now, style.timeZone) ? time : `${formatDay(at, style)}, ${time}`,
    });
  };
  return (
    <p className="device-evidence tabular">
      <time dateTime={reading.observedAt} data-stale={isOld ? '' : undefined}>
        {words()}
      </time>
      {' · '}
      {text(`origin.${reading.source}`)}
    </p>
  );
}

/** Nothing is called as wanted without recent evidence that it is. */
function WishWords({ row: { property, reading, wish, choice }, isOld }: { row: DeviceRow; isOld: boolean }) {
  const text = useDeviceText();
  if (wish === null) return choice && <p className="device-wish">{text('wish.none')}</p>;
  const value = valueWords(text, property.kind, wish.value);
  const isSo = reading !== null && !isOld && valueWords(text, property.kind, reading.value) === value;
  const words = () => {
    if (wish.reason === 'byHand') return isSo ? text('wish.handSame') : text('wish.handOther', { value });
    const reason = text(`reason.${wish.reason}`);
    return isSo ? text('wish.same', { reason }) : text('wish.other', { value, reason });
  };
  return (
    <p className="device-wish" data-differs={isSo ? undefined : ''}>
      {words()}
    </p>
  );
}

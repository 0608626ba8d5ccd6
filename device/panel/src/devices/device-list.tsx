import type { PanelDevice } from '@anteroom/shared/panel/devices.ts';
import { localize } from '@anteroom/shared/text.ts';
import { useNow } from '@anteroom/ui/clock/clock.tsx';
import { useLanguage } from '@anteroom/ui/i18n/language.tsx';
import { useRoute } from '../app/route.ts';
import { useDeviceText } from '../locales/devices/texts.ts';
import { deviceIcons } from './device-icons.ts';
import { isStale, standingOf } from './evidence.ts';
import { StandingMark } from './standing-mark.tsx';
import { valueWords } from './value-words.ts';
import './device-list.css';

/** So many of its values stand beside a device in the list. */
const shownValues = 3;

/** Every device in one line: whether it answers, or what it is. */
export function DeviceList({ devices, shown }: { devices: readonly PanelDevice[]; shown: string | null }) {
  const text = useDeviceText();
  return (
    <nav className="device-list" aria-label={text('page.list')}>
      <ul>
        {devices.map((device) => (
          <li key={device.name}>
            <Entry device={device} isShown={device.name === shown} />
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Entry({ device, isShown }: { device: PanelDevice; isShown: boolean }) {
  const { language } = useLanguage();
  const { go } = useRoute();
  const now = useNow(1000);
  const standing = standingOf(device, now);
  const Icon = deviceIcons[device.kind];
  return (
    <button
      type="button"
      className="device-entry"
      aria-current={isShown ? 'true' : undefined}
      onClick={() => go({ page: 'devices', device: device.name })}
    >
      <Icon aria-hidden="true" stroke={1.75} />
      <span className="device-entry-words">
        <b>{localize(device.title, language)}</b>
        <Values device={device} now={now} />
      </span>
      <StandingMark standing={standing} />
    </button>
  );
}

/** What is known by recent evidence; a device that is silent has none. */
function Values({ device, now }: { device: PanelDevice; now: Date }) {
  const text = useDeviceText();
  const values = device.rows
    .filter(({ property }) => property.kind !== 'ailments')
    .flatMap(({ property: { kind, of }, reading }) => {
      if (!reading || isStale(device, reading, now)) return [];
      const value = valueWords(text, kind, reading.value);
      return of === null ? value : text('value.of', { of, value });
    })
    .slice(0, shownValues);
  return values.length === 0 ? null : <small className="tabular">{values.join(' · ')}</small>;
}

import type { DeviceRow, PanelDevice } from '@anteroom/shared/panel/devices.ts';
import { localize } from '@anteroom/shared/text.ts';
import { useNow } from '@anteroom/ui/clock/clock.tsx';
import { useLanguage } from '@anteroom/ui/i18n/language.tsx';
import { useDuration } from '@anteroom/ui/text/use-duration.ts';
import { IconRefresh, IconWand } from '@tabler/icons-react';
import { useState } from 'react';
import { StepButton } from '../control/sheet.tsx';
import { useDeviceText } from '../locales/devices/texts.ts';
import { DeviceFaultNote } from './device-fault.tsx';
import { deviceIcons } from './device-icons.ts';
import { DeviceRowLine } from './device-row.tsx';
import { isAiling, lastHeardAt, standingOf } from './evidence.ts';
import { isByHand, keyOf } from './pending-device.ts';
import { StandingMark } from './standing-mark.tsx';
import type { DevicesStore } from './use-devices.ts';
import './device-detail.css';

/** An answer that has not come by then shows as the device's fault. */
const askingMs = 4000;

type DetailProps = { device: PanelDevice | undefined; isMissing: boolean; touch: DevicesStore['touch'] };

/** One device: who it says that it is, what is wrong with it, and each of its properties. */
export function DeviceDetail({ device, isMissing, touch }: DetailProps) {
  const text = useDeviceText();
  if (!device) return isMissing ? <p className="device-detail lead">{text('page.gone')}</p> : null;
  return <Found key={device.name} device={device} touch={touch} />;
}

function Found({ device, touch }: { device: PanelDevice; touch: DevicesStore['touch'] }) {
  const text = useDeviceText();
  const { language } = useLanguage();
  const now = useNow(1000);
  const Icon = deviceIcons[device.kind];
  const title = localize(device.title, language);
  return (
    <section className="device-detail" aria-label={title}>
      <header className="device-head">
        <h2>
          <Icon className="device-kind" aria-hidden="true" stroke={1.75} />
          {title}
        </h2>
        <StandingMark standing={standingOf(device, now)} />
      </header>
      <Facts device={device} />
      {device.fault && <DeviceFaultNote fault={device.fault} />}
      <div className="device-acts">
        <Ask device={device} now={now} touch={touch} />
        <Release device={device} touch={touch} />
      </div>
      <ul className="device-rows" aria-label={text('device.properties')}>
        {ailingFirst(device).map((row) => (
          <DeviceRowLine
            key={keyOf(row.property)}
            device={device}
            row={row}
            now={now}
            onSet={(value) => void touch({ kind: 'set', device: device.name, property: row.property, value })}
          />
        ))}
      </ul>
    </section>
  );
}

/** Whoever comes for a fault need not look for it. */
function ailingFirst({ rows }: PanelDevice): DeviceRow[] {
  return [...rows].sort((a, b) => Number(isAiling(b)) - Number(isAiling(a)));
}

function Facts({ device: { address, identity, askEveryMs } }: { device: PanelDevice }) {
  const text = useDeviceText();
  const duration = useDuration();
  return (
    <dl className="device-facts">
      <dt>{text('device.at')}</dt>
      <dd>
        <span className="mono">{address}</span>
        {' · '}
        {askEveryMs === null ? text('device.tells') : text('device.askedEvery', { duration: duration(askEveryMs) })}
      </dd>
      <dt>{text('device.is')}</dt>
      <dd>{identity ?? text('device.isUnknown')}</dd>
    </dl>
  );
}

type ActProps = { device: PanelDevice; touch: DevicesStore['touch'] };

function Ask({ device, now, touch }: ActProps & { now: Date }) {
  const text = useDeviceText();
  const [asked, setAsked] = useState<{ atMs: number; heardAt: string | undefined } | null>(null);
  const isAsking = asked !== null && now.getTime() - asked.atMs < askingMs && lastHeardAt(device) === asked.heardAt;
  return (
    <StepButton
      icon={<IconRefresh aria-hidden="true" stroke={1.75} />}
      label={text(isAsking ? 'device.asking' : 'device.ask')}
      reason={null}
      onPress={() => {
        setAsked({ atMs: now.getTime(), heardAt: lastHeardAt(device) });
        void touch({ kind: 'ask', device: device.name });
      }}
    />
  );
}

function Release({ device, touch }: ActProps) {
  const text = useDeviceText();
  const hasHand = device.rows.some(isByHand);
  return (
    <StepButton
      icon={<IconWand aria-hidden="true" stroke={1.75} />}
      {...(hasHand && { note: text('device.releaseNote') })}
      label={text('device.release')}
      reason={hasHand ? null : text('device.nothingByHand')}
      onPress={() => void touch({ kind: 'release', device: device.name })}
    />
  );
}

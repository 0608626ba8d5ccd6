import type { Terminal } from '@anteroom/shared/api/terminals.ts';
import type { Peripheral } from '@anteroom/shared/protocol/desired.ts';
import { type Status, StatusMark } from '@anteroom/ui/marks/status-mark.tsx';
import { AgeText } from '@anteroom/ui/text/age-text.tsx';
import { IconDeviceTv, IconMicrophone, IconVideo, IconVolume } from '@tabler/icons-react';
import { texts } from '../../locales/texts.ts';

const icons = { camera: IconVideo, microphone: IconMicrophone, speaker: IconVolume, display: IconDeviceTv };
const statusOf: Record<Peripheral['state'], Status> = {
  working: 'working',
  missing: 'fault',
  failed: 'fault',
  unknown: 'unknown',
};

/** The terminal's devices as it last saw them. What a silent terminal said is told as it was then. */
export function DevicesSection({ terminal }: { terminal: Terminal }) {
  const text = texts.useText();
  const working = terminal.peripherals.filter((device) => device.state === 'working').length;
  return (
    <section aria-labelledby="devices">
      <div className="section-head">
        <h2 id="devices">{text('devices.title')}</h2>
        <span className="grow" />
        {terminal.peripherals.length > 0 ? (
          <span className="t3">{text('devices.count', { working, total: terminal.peripherals.length })}</span>
        ) : null}
      </div>
      {terminal.peripherals.length === 0 ? (
        <p className="section-none">{terminal.reportedAt ? text('devices.empty') : text('devices.none')}</p>
      ) : null}
      <ul className="rows">
        {terminal.peripherals.map((device) => {
          const Icon = icons[device.kind];
          // No green without recent evidence: a terminal that is not heard proves nothing about its devices.
          const status = terminal.isOnline ? statusOf[device.state] : 'unknown';
          return (
            <li key={`${device.kind}:${device.name}`} className="device">
              <Icon size={18} stroke={1.75} aria-hidden="true" className="t2" />
              <b>{text(`device.${device.kind}`)}</b>
              <span className="t3 device-name">{device.name}</span>
              <span className="grow">
                <StatusMark status={status}>{text(`device.state.${device.state}`)}</StatusMark>
              </span>
              <span className="t3">
                {text('devices.since')} <AgeText at={device.observedAt} staleAfterMs={Number.POSITIVE_INFINITY} />
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

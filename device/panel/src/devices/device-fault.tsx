import type { DeviceFault } from '@anteroom/shared/panel/devices.ts';
import { formatTime } from '@anteroom/ui/format/time.ts';
import { IconAlertTriangle, IconX } from '@tabler/icons-react';
import { useDeviceText } from '../locales/devices/texts.ts';
import { useTimeStyle } from '../state/use-time-style.ts';

/** What is wrong with a device, what to do, who can; and the driver's own words, for whoever knows the protocol. */
export function DeviceFaultNote({ fault: { kind, detail, since } }: { fault: DeviceFault }) {
  const text = useDeviceText();
  const style = useTimeStyle();
  const isSilent = kind === 'not_connected' || kind === 'no_answer';
  return (
    <div className="device-fault" role="status" data-tone={isSilent ? 'fault' : 'ember'}>
      {isSilent ? <IconX aria-hidden="true" stroke={2.2} /> : <IconAlertTriangle aria-hidden="true" stroke={1.75} />}
      <div>
        <p className="device-fault-what tabular">
          {text(`fault.${kind}`)} <small>{text('fault.since', { time: formatTime(new Date(since), style) })}</small>
        </p>
        <p className="device-fault-next">{text(`fault.${kind}.next`)}</p>
        {detail !== '' && (
          <p className="device-fault-words">
            {text('fault.words')}: <span className="mono">{detail}</span>
          </p>
        )}
      </div>
    </div>
  );
}

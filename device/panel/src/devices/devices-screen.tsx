import type { PanelDevice, PanelDevices } from '@anteroom/shared/panel/devices.ts';
import { useNow } from '@anteroom/ui/clock/clock.tsx';
import { formatTime } from '@anteroom/ui/format/time.ts';
import { IconArrowLeft } from '@tabler/icons-react';
import { useCallback } from 'react';
import { useRoute } from '../app/route.ts';
import { StepButton } from '../control/sheet.tsx';
import { useDeviceText } from '../locales/devices/texts.ts';
import { Foot } from '../parts/foot.tsx';
import { RoomHead } from '../parts/head.tsx';
import { TouchFailed } from '../parts/touch-failed.tsx';
import { Ring } from '../parts/waiting.tsx';
import { usePanel } from '../state/panel-context.tsx';
import { outlook } from '../state/schedule.ts';
import { useTimeStyle } from '../state/use-time-style.ts';
import { DeviceDetail } from './device-detail.tsx';
import { DeviceList } from './device-list.tsx';
import { countStandings, standingOf } from './evidence.ts';
import { useDevices } from './use-devices.ts';
import { useQuiet } from './use-quiet.ts';
import './devices-screen.css';

/** Whoever comes for a meeting finds the door, also when somebody went away from this page. */
const backAfterMs = 5 * 60_000;

/**
 * The devices beside the terminal, for whoever installs or mends them: what each is, by which evidence, and what the room
 * wants of it. Between meetings only: who is called or goes in needs the screen.
 */
export function DevicesScreen({ chosen }: { chosen: string | null }) {
  const { go } = useRoute();
  const { current, isLive, lostAt, touchFailure, touch } = useDevices();
  useQuiet(
    backAfterMs,
    useCallback(() => go({ page: 'room' }), [go]),
  );
  return (
    <div className="screen devices" data-chosen={chosen === null ? undefined : ''}>
      <RoomHead />
      <Summary document={current} lostAt={isLive ? null : lostAt} />
      {current === null ? (
        <Asking />
      ) : (
        <main className="devices-main">
          <DeviceList devices={current.devices} shown={shownOf(current, chosen)?.name ?? null} />
          <DeviceDetail device={shownOf(current, chosen)} isMissing={current.devices.length > 0} touch={touch} />
        </main>
      )}
      <Foot>
        <BackToAll />
        <BackToRoom />
      </Foot>
      {touchFailure && <TouchFailed key={touchFailure.failedAt.getTime()} sentence={touchFailure.sentence} />}
    </div>
  );
}

/** The one that was chosen; while none was, beside the list the first that somebody should look at. */
function shownOf({ devices, serverTime }: PanelDevices, chosen: string | null): PanelDevice | undefined {
  if (chosen !== null) return devices.find(({ name }) => name === chosen);
  const now = new Date(serverTime);
  return devices.find((device) => standingOf(device, now) !== 'works') ?? devices[0];
}

function Summary({ document, lostAt }: { document: PanelDevices | null; lostAt: Date | null }) {
  const text = useDeviceText();
  const style = useTimeStyle();
  const now = useNow(1000);
  const sentence = () => {
    if (document === null) return null;
    if (lostAt) return text('page.asOf', { time: formatTime(lostAt, style) });
    const all = document.devices.length;
    if (all === 0) return text('page.none');
    const { trouble, unknown } = countStandings(document, now);
    if (trouble > 0) return text('sum.trouble', { count: trouble, all });
    return unknown > 0 ? text('sum.unknown', { count: unknown, all }) : text('sum.well', { count: all });
  };
  return (
    <header className="devices-head">
      <h1>{text('page.title')}</h1>
      <p role="status">{sentence()}</p>
    </header>
  );
}

function Asking() {
  const text = useDeviceText();
  return (
    <main className="devices-main">
      <p className="lead waiting" role="status">
        {text('page.waiting')} <Ring />
      </p>
    </main>
  );
}

/** On a narrow screen, where one device takes all of it. */
function BackToAll() {
  const text = useDeviceText();
  const { go } = useRoute();
  return (
    <StepButton
      className="devices-to-all"
      icon={<IconArrowLeft aria-hidden="true" stroke={1.75} />}
      label={text('page.list')}
      reason={null}
      onPress={() => go({ page: 'devices', device: null })}
    />
  );
}

function BackToRoom() {
  const text = useDeviceText();
  const { go } = useRoute();
  const { state } = usePanel();
  const { atDoor } = outlook(state.meetings, useNow(1000));
  return (
    <StepButton
      className="devices-to-room"
      icon={<IconArrowLeft aria-hidden="true" stroke={1.75} />}
      {...(atDoor && { note: text('page.joinable', { subject: atDoor.meeting.subject }) })}
      label={text('page.back')}
      reason={null}
      onPress={() => go({ page: 'room' })}
    />
  );
}

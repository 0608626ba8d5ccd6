import { assertNever } from '@anteroom/shared/assert-never.ts';
import { useEffect } from 'react';
import { DevicesScreen } from '../devices/devices-screen.tsx';
import { Announcer } from '../parts/announcer.tsx';
import { IdentifyOverlay } from '../parts/identify-overlay.tsx';
import { LostBanner } from '../parts/lost-banner.tsx';
import { TouchFailed } from '../parts/touch-failed.tsx';
import { ConfiguringScreen, ContactingScreen, RevokedScreen, UnassignedScreen } from '../screens/binding-screens.tsx';
import { CallScreen } from '../screens/call-screen.tsx';
import { FailedScreen } from '../screens/failed-screen.tsx';
import { HomeScreen } from '../screens/home-screen.tsx';
import { JoiningScreen } from '../screens/joining-screen.tsx';
import { PairingScreen } from '../screens/pairing-screen.tsx';
import { RingingScreen } from '../screens/ringing-screen.tsx';
import { usePanel } from '../state/panel-context.tsx';
import type { TouchFailure } from '../state/touch-store.ts';
import { type Route, useRoute } from './route.ts';

/** The touch panel: one screen for each state of binding and call. */
export function PanelApp({ lostAt, touchFailure }: { lostAt: Date | null; touchFailure: TouchFailure | null }) {
  const { state, isLive } = usePanel();
  return (
    <>
      {/* What stands on a lost screen may be over: it stays readable and cannot be pressed. */}
      <div className="surface" data-revision={state.revision} data-lost={isLive ? undefined : ''} inert={!isLive}>
        <Screen />
        <IdentifyOverlay />
      </div>
      <LostBanner lostAt={lostAt} />
      {touchFailure && isLive && <TouchFailed key={touchFailure.failedAt.getTime()} sentence={touchFailure.sentence} />}
      <Announcer state={state} />
    </>
  );
}

function Screen() {
  const { binding, call, hasDevices } = usePanel().state;
  const route = useRouteOfIdleRoom(call.state === 'idle');
  switch (binding.state) {
    case 'contacting':
      return <ContactingScreen binding={binding} />;
    case 'pairing':
      return <PairingScreen binding={binding} />;
    case 'configuring':
      return <ConfiguringScreen />;
    case 'revoked':
      return <RevokedScreen />;
    case 'claimed':
      break;
    default:
      return assertNever(binding);
  }
  switch (call.state) {
    case 'idle':
      if (route.page === 'devices' && hasDevices) return <DevicesScreen chosen={route.device} />;
      return binding.space && binding.roomName !== null ? (
        <HomeScreen space={binding.space} roomName={binding.roomName} />
      ) : (
        <UnassignedScreen binding={binding} />
      );
    case 'ringing':
      return <RingingScreen call={call} />;
    case 'joining':
      return <JoiningScreen call={call} />;
    case 'in':
    case 'reconnecting':
    case 'leaving':
      return <CallScreen call={call} />;
    case 'failed':
      return <FailedScreen call={call} />;
    default:
      return assertNever(call);
  }
}

/** A meeting goes first: a ring or a join takes the screen, and after it the room is what stands here. */
function useRouteOfIdleRoom(isIdle: boolean): Route {
  const { route, go } = useRoute();
  const isElsewhere = !isIdle && route.page !== 'room';
  useEffect(() => {
    if (isElsewhere) go({ page: 'room' });
  }, [isElsewhere, go]);
  return route;
}

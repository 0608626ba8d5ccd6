import { assertNever } from '@anteroom/shared/assert-never.ts';
import { IdentifyOverlay } from '../parts/identify-overlay.tsx';
import { LostBanner } from '../parts/lost-banner.tsx';
import { usePanel } from '../state/panel-context.tsx';
import { DisplayIdle } from './display-idle.tsx';
import { DisplayLaptop } from './display-laptop.tsx';
import { DisplayMeeting } from './display-meeting.tsx';
import { DisplayNote } from './display-note.tsx';
import { DisplayPairing } from './display-pairing.tsx';
import '../styles/display.css';

/** The room display: the panel's state for people who sit three metres away. Nothing here can be pressed. */
export function DisplayApp({ lostAt }: { lostAt: Date | null }) {
  const { isLive } = usePanel();
  return (
    <>
      <div className="surface" data-lost={isLive ? undefined : ''}>
        <Screen />
        <IdentifyOverlay />
      </div>
      <LostBanner lostAt={lostAt} />
    </>
  );
}

function Screen() {
  const { binding, call, input, hasDisplayPreview } = usePanel().state;
  switch (binding.state) {
    case 'pairing':
      return <DisplayPairing binding={binding} />;
    case 'contacting':
    case 'configuring':
    case 'revoked':
      return <DisplayNote />;
    case 'claimed':
      break;
    default:
      return assertNever(binding);
  }
  // Beside a real display this page is covered by it.
  if (input?.isShown && hasDisplayPreview) return <DisplayLaptop />;
  switch (call.state) {
    case 'idle':
    case 'failed':
      return binding.space && binding.roomName !== null ? <DisplayIdle roomName={binding.roomName} /> : <DisplayNote />;
    case 'ringing':
    case 'joining':
    case 'leaving':
      return <DisplayNote />;
    case 'in':
    case 'reconnecting':
      return <DisplayMeeting call={call} />;
    default:
      return assertNever(call);
  }
}

import type { ControlAction } from '@anteroom/shared/meeting/control.ts';
import {
  IconClockPlus,
  IconLock,
  IconLockOpen,
  IconMicrophone,
  IconMicrophoneOff,
  IconScreenShare,
  IconScreenShareOff,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useControlText } from '../locales/control/texts.ts';
import { TouchButton } from '../parts/touch-button.tsx';
import { type InMeeting, nameOf } from './hosting.ts';
import { KnockSwitch } from './knock-switch.tsx';
import { Sheet } from './sheet.tsx';

const spansMinutes = [5, 15, 30] as const;
const stroke = { 'aria-hidden': true, stroke: 1.75 } as const;

/** What hosts do to the whole meeting. Each button says what is so now, and what a touch makes of it. */
export function HostSheet({ call, onClose }: { call: InMeeting; onClose: () => void }) {
  const text = useControlText();
  const { isLocked, canShare } = call.controls;
  const { content } = call;
  const act = (action: ControlAction, icon: ReactNode, label: string, note: string) => (
    <TouchButton touch={{ kind: 'control', action }} icon={icon} label={label} note={note} onTouched={onClose} />
  );
  return (
    <Sheet title={text('host.title')} onClose={onClose}>
      <div className="sheet-grid">
        {act(
          { kind: 'muteAll', canUnmute: true },
          <IconMicrophoneOff {...stroke} />,
          text('host.muteAll'),
          text('host.muteAllCan'),
        )}
        {act(
          { kind: 'muteAll', canUnmute: false },
          <IconMicrophoneOff {...stroke} />,
          text('host.muteAll'),
          text('host.muteAllCannot'),
        )}
        {act({ kind: 'unmuteAll' }, <IconMicrophone {...stroke} />, text('host.unmuteAll'), text('host.unmuteAllNote'))}
        {act(
          { kind: 'lock', isLocked: !isLocked },
          isLocked ? <IconLockOpen {...stroke} /> : <IconLock {...stroke} />,
          text(isLocked ? 'host.unlock' : 'host.lock'),
          text(isLocked ? 'host.lockedNote' : 'host.openNote'),
        )}
        {act(
          { kind: 'allowSharing', isAllowed: !canShare },
          canShare ? <IconScreenShareOff {...stroke} /> : <IconScreenShare {...stroke} />,
          text(canShare ? 'host.shareHosts' : 'host.shareAll'),
          text(canShare ? 'host.shareAllNote' : 'host.shareHostsNote'),
        )}
        {content &&
          act(
            { kind: 'stopShare', participantId: content.participantId },
            <IconScreenShareOff {...stroke} />,
            text('host.stopShare'),
            text('host.stopShareNote', { name: nameOf(call, content.participantId) }),
          )}
        <KnockSwitch />
      </div>
      <section>
        <h3>{text('extend.title')}</h3>
        <div className="sheet-grid" data-columns="3">
          {spansMinutes.map((minutes) => (
            <TouchButton
              key={minutes}
              touch={{ kind: 'control', action: { kind: 'extend', minutes } }}
              icon={<IconClockPlus {...stroke} />}
              label={text('extend.by', { minutes })}
              onTouched={onClose}
            />
          ))}
        </div>
      </section>
    </Sheet>
  );
}

import type { Meeting } from '@anteroom/shared/api/meetings.ts';
import type { LiveView } from '@anteroom/shared/signalling/live.ts';
import { Menu } from '@mantine/core';
import {
  IconClockPlus,
  IconCrown,
  IconLock,
  IconLockOpen,
  IconScreenShare,
  IconScreenShareOff,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useWhen } from '../../app/use-when.ts';
import { texts } from '../../locales/texts.ts';
import type { Control } from './use-control.ts';

const icon = { size: 18, stroke: 1.75, 'aria-hidden': true } as const;
const steps = [5, 15, 30, 60];

/** What is decided about the meeting as a whole. */
export function WholeSection({ meeting, view, control }: { meeting: Meeting; view: LiveView; control: Control }) {
  const text = texts.useText();
  const { controls, content, roster } = view;
  const host = roster.find(({ role }) => role === 'host');
  const sharer = roster.find(({ participantId }) => participantId === content?.participantId);
  const { act } = control;
  return (
    <section aria-labelledby="whole">
      <div className="section-head">
        <h2 id="whole">{text('control.whole.title')}</h2>
      </div>
      <ul className="rows">
        <Extend meeting={meeting} isLive={controls !== null} control={control} />
        {controls ? (
          <>
            <Fact
              icon={controls.isLocked ? <IconLock {...icon} /> : <IconLockOpen {...icon} />}
              name={text('control.whole.lock')}
              is={text(controls.isLocked ? 'control.whole.locked' : 'control.whole.unlocked')}
            >
              <Do onAct={() => act({ kind: 'lock', isLocked: !controls.isLocked })}>
                {text(controls.isLocked ? 'control.whole.doUnlock' : 'control.whole.doLock')}
              </Do>
            </Fact>
            <Fact
              icon={<IconScreenShare {...icon} />}
              name={text('control.whole.share')}
              is={
                content && sharer
                  ? text(`control.whole.shareBy.${content.kind}`, { name: sharer.name })
                  : text('control.whole.shareNone')
              }
            >
              {content ? (
                <Do onAct={() => act({ kind: 'stopShare', participantId: content.participantId })}>
                  {text('control.whole.doStopShare')}
                </Do>
              ) : null}
            </Fact>
            <Fact
              icon={<IconScreenShareOff {...icon} />}
              name={text('control.whole.mayShare')}
              is={text(controls.canShare ? 'control.whole.mayShareAll' : 'control.whole.mayShareHosts')}
            >
              <Do onAct={() => act({ kind: 'allowSharing', isAllowed: !controls.canShare })}>
                {text(controls.canShare ? 'control.whole.doForbidShare' : 'control.whole.doAllowShare')}
              </Do>
            </Fact>
          </>
        ) : null}
        <Fact
          icon={<IconCrown {...icon} />}
          name={text('control.whole.host')}
          is={host?.name ?? text('control.whole.hostNone')}
        />
      </ul>
    </section>
  );
}

/** As far as the next booking lets it; then it says what comes. */
function Extend({ meeting, isLive, control }: { meeting: Meeting; isLive: boolean; control: Control }) {
  const text = texts.useText();
  const { stamp } = useWhen();
  const until = meeting.extendableUntil;
  if (until === null) return null;
  const fits = (minutes: number) => Date.parse(meeting.endAt) + minutes * 60_000 <= Date.parse(until);
  const possible = steps.filter(fits);
  const is =
    possible.length === 0
      ? text('control.whole.extendNot', { time: stamp(until) })
      : text('control.whole.extendTo', { time: stamp(until) });
  return (
    <Fact icon={<IconClockPlus {...icon} />} name={text('control.whole.extend')} is={is}>
      {possible.length === 0 || !isLive ? null : (
        <Menu position="bottom-end">
          <Menu.Target>
            <button type="button" className="link">
              {text('control.whole.extend')}
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            {possible.map((minutes) => (
              <Menu.Item key={minutes} onClick={() => control.act({ kind: 'extend', minutes })}>
                {text('control.whole.extendBy', { minutes })}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </Fact>
  );
}

function Fact({
  icon: picture,
  name,
  is,
  children,
}: {
  icon: ReactNode;
  name: string;
  is: string;
  children?: ReactNode;
}) {
  return (
    <li>
      {picture}
      <span className="grow">
        <b>{name}</b> <span className="t2">{is}</span>
      </span>
      {children}
    </li>
  );
}

function Do({ onAct, children }: { onAct: () => void; children: ReactNode }) {
  return (
    <button type="button" className="link" onClick={onAct}>
      {children}
    </button>
  );
}

import { lastToWait } from '@anteroom/shared/meeting/people.ts';
import { formatTime } from '@anteroom/ui/format/time.ts';
import { useKnockOnce } from '@anteroom/ui/ringing/use-knock.ts';
import { IconDoor, IconDoorEnter, IconMessage } from '@tabler/icons-react';
import { useControlText } from '../locales/control/texts.ts';
import { TouchButton } from '../parts/touch-button.tsx';
import { usePanel } from '../state/panel-context.tsx';
import { useTimeStyle } from '../state/use-time-style.ts';
import { type InMeeting, isHosting } from './hosting.ts';
import { useKnockSetting } from './knock-setting.ts';
import { KnockSwitch } from './knock-switch.tsx';
import { Outcome } from './outcome.tsx';
import { Sheet, StepButton } from './sheet.tsx';
import './waiting-room.css';

const stroke = { 'aria-hidden': true, stroke: 1.75 } as const;
/** Nobody writes a letter at a panel: what one says at a door mostly is one of these. */
const sayings = ['waiting.sayStart', 'waiting.saySoon', 'waiting.sayFinishing'] as const;

/** Somebody knocks, to be heard and to be read: how many, and the way to them. Nothing in a room that does not host. */
export function WaitingBar({ call, onShow }: { call: InMeeting; onShow: () => void }) {
  const text = useControlText();
  const { waiting } = call;
  const [first] = waiting;
  const { volumePercent } = usePanel().state;
  const { isKnockHeard } = useKnockSetting();
  useKnockOnce(isHosting(call) ? lastToWait(waiting) : '', isKnockHeard ? volumePercent / 100 : 0);
  if (!isHosting(call) || first === undefined) return null;
  const isOne = waiting.length === 1;
  return (
    <section className="waiting-bar" role="status">
      <IconDoor {...stroke} />
      <p>{isOne ? text('waiting.one', { name: first.name }) : text('waiting.many', { count: waiting.length })}</p>
      <div className="waiting-bar-answers">
        <StepButton opensSheet icon={null} label={text('waiting.show')} reason={null} onPress={onShow} />
        <TouchButton
          touch={{ kind: 'control', action: { kind: 'admit', participantId: isOne ? first.participantId : null } }}
          tone="primary"
          label={text(isOne ? 'waiting.admit' : 'waiting.admitAll')}
        />
      </div>
    </section>
  );
}

/** Who waits, one by one or all, and words to all of them. */
export function WaitingSheet({ call, onClose }: { call: InMeeting; onClose: () => void }) {
  const text = useControlText();
  const style = useTimeStyle();
  const { waiting } = call;
  return (
    <Sheet title={text('waiting.title')} onClose={onClose}>
      <Outcome call={call} done={(kind) => (kind === 'tellWaiting' ? text('waiting.told') : '')} />
      {waiting.length === 0 ? (
        <p className="lead">{text('waiting.empty')}</p>
      ) : (
        <>
          <ul className="waiting-list">
            {waiting.map(({ participantId, name, since }) => (
              <li key={participantId}>
                <span className="waiting-name">
                  <b>{name}</b>
                  <small className="tabular">
                    {text('waiting.since', { time: formatTime(new Date(since), style) })}
                  </small>
                </span>
                <TouchButton
                  touch={{ kind: 'control', action: { kind: 'admit', participantId } }}
                  icon={<IconDoorEnter {...stroke} />}
                  label={text('waiting.admit')}
                  name={text('waiting.admitName', { name })}
                />
              </li>
            ))}
          </ul>
          <TouchButton
            touch={{ kind: 'control', action: { kind: 'admit', participantId: null } }}
            tone="primary"
            icon={<IconDoorEnter {...stroke} />}
            label={text('waiting.admitAll')}
          />
          <section>
            <h3>{text('waiting.say')}</h3>
            <div className="sheet-grid" data-columns="1">
              {sayings.map((saying) => (
                <TouchButton
                  key={saying}
                  touch={{ kind: 'control', action: { kind: 'tellWaiting', text: text(saying) } }}
                  icon={<IconMessage {...stroke} />}
                  label={text(saying)}
                />
              ))}
            </div>
          </section>
        </>
      )}
      <KnockSwitch />
    </Sheet>
  );
}

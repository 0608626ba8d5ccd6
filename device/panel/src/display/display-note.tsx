import { assertNever } from '@anteroom/shared/assert-never.ts';
import type { PanelState } from '@anteroom/shared/panel/state.ts';
import { Door } from '@anteroom/ui/door/door.tsx';
import { useText } from '../locales/texts.ts';
import { Head, RoomHead } from '../parts/head.tsx';
import { Identity } from '../parts/identity.tsx';
import { startedByKey } from '../parts/started-by.tsx';
import { Subject } from '../parts/subject.tsx';
import { usePanel } from '../state/panel-context.tsx';

type Note = { kick: string; title: string; lead: string; opening: number };

function useNote({ binding, call }: PanelState): Note {
  const text = useText();
  const subject = 'meeting' in call ? call.meeting.subject : '';
  switch (binding.state) {
    case 'contacting':
      return { kick: '', title: text('contacting.title'), lead: text('contacting.lead'), opening: 0 };
    case 'configuring':
      return {
        kick: text('configuring.kick'),
        title: text('configuring.title'),
        lead: text('configuring.lead'),
        opening: 0,
      };
    case 'revoked':
      return { kick: text('revoked.kick'), title: text('revoked.title'), lead: text('revoked.lead'), opening: 0 };
    case 'pairing':
      return { kick: text('contacting.kick'), title: binding.code, lead: '', opening: 0 };
    case 'claimed':
      break;
    default:
      return assertNever(binding);
  }
  if (call.state === 'ringing') {
    return { kick: text('ringing.kick'), title: subject, lead: text('display.answerPanel'), opening: 1 };
  }
  if (call.state === 'joining') {
    const lead =
      call.startedBy === 'room' ? text('joining.connecting') : text(startedByKey(call.startedBy, call.beganOpen));
    return { kick: subject, title: text('joining.title'), lead, opening: 1 };
  }
  if (call.state === 'leaving') return { kick: subject, title: text('leaving.title'), lead: '', opening: 0 };
  const title = binding.space
    ? text('unassigned.noRoom', { space: binding.space.name })
    : text('unassigned.noSpace', { name: binding.terminalName });
  return {
    kick: text('unassigned.kick', { organization: binding.organizationName }),
    title,
    lead: `${text('unassigned.lead')} ${text('unassigned.step1', { name: binding.terminalName })}`,
    opening: 0,
  };
}

/** One sentence for every moment that has no picture of its own. */
export function DisplayNote() {
  const { state } = usePanel();
  const text = useText();
  const { kick, title, lead, opening } = useNote(state);
  const isClaimed = state.binding.state === 'claimed';
  return (
    <div className="screen">
      {isClaimed ? (
        <RoomHead dayLength="long" />
      ) : (
        <Head name={text('contacting.kick')} place={text('pairing.place')} dayLength="long" />
      )}
      <main className="main" role="status">
        {kick !== '' && (
          <p className="kick" data-tone={opening > 0 ? 'lamp' : undefined}>
            {kick}
          </p>
        )}
        <h1 className="title">
          <Subject>{title}</Subject>
        </h1>
        <p className="lead">{lead}</p>
      </main>
      <Door className="doorway" opening={opening} isHeld={opening === 0} hasSpill>
        {opening === 0 && <Identity />}
      </Door>
    </div>
  );
}

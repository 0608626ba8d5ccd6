import { actionOnCall, nextOfCall } from '@anteroom/shared/meeting/callees.ts';
import type { CalledEntry } from '@anteroom/shared/meeting/calling.ts';
import { formatTime } from '@anteroom/ui/format/time.ts';
import { calleeIcons } from '@anteroom/ui/marks/callee-icons.ts';
import { type InMeeting, isHosting } from '../control/hosting.ts';
import { useControlText } from '../locales/control/texts.ts';
import { TouchButton } from '../parts/touch-button.tsx';
import { useTimeStyle } from '../state/use-time-style.ts';
import './called-rows.css';

/** Who was called and is not in the meeting, with what a touch does about it. Nothing in a room that does not host. */
export function CalledRows({ call }: { call: InMeeting }) {
  if (!isHosting(call)) return null;
  return call.called.map((entry) => <CalledRow key={entry.calleeId} entry={entry} />);
}

function CalledRow({ entry }: { entry: CalledEntry }) {
  const text = useControlText();
  const style = useTimeStyle();
  const { kind, name, state, since } = entry;
  const next = nextOfCall(state);
  const Icon = calleeIcons[kind];
  return (
    <li className="roster-row called-row">
      <span className="roster-mark" aria-hidden="true">
        <Icon stroke={1.75} />
      </span>
      <span className="roster-name">
        <b>{name}</b>{' '}
        <small role="status" className="tabular" data-state={state}>
          {state === 'ringing'
            ? text('called.ringing')
            : `${text(`called.${state}`)} · ${formatTime(new Date(since), style)}`}
        </small>
      </span>
      <TouchButton
        touch={{ kind: 'control', action: actionOnCall(entry) }}
        tone={next === 'hangUp' ? 'fault' : 'plain'}
        label={text(`do.${next}`)}
        name={text(`do.${next}Name`, { name })}
      />
    </li>
  );
}

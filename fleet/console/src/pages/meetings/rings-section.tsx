import type { Meeting } from '@anteroom/shared/api/meetings.ts';
import { type Callee, callee, type MeetingRing } from '@anteroom/shared/api/rings.ts';
import { type AccountId, accountId, type TerminalId, terminalId } from '@anteroom/shared/ids.ts';
import { Button } from '@mantine/core';
import {
  IconBellOff,
  IconBellRinging,
  IconBellX,
  IconCheck,
  IconDoor,
  IconMail,
  IconPhoneOff,
  IconUser,
  IconX,
} from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { z } from 'zod';
import { useApp } from '../../app/app-context.ts';
import { useWhen } from '../../app/use-when.ts';
import { FaultNote } from '../../components/fault-note.tsx';
import { texts } from '../../locales/texts.ts';
import { AttendeePicker } from './form/attendee-picker.tsx';

const icons = {
  ringing: IconBellRinging,
  answered: IconCheck,
  declined: IconX,
  missed: IconBellX,
  withdrawn: IconBellOff,
  invited: IconMail,
  unreachable: IconPhoneOff,
} satisfies Record<MeetingRing['state'], unknown>;

/** Whom the meeting called and what became of it; while it is live, who manages it calls again and calls others in. */
export function RingsSection({ meeting }: { meeting: Meeting }) {
  const text = texts.useText();
  const { api, queries } = useApp();
  const queryClient = useQueryClient();
  const session = useQuery(queries.session()).data;
  const { data, error } = useQuery(queries.ringsOfMeeting(meeting.id));
  const params = { meetingId: meeting.id };
  const onSuccess = () =>
    Promise.all(['rings', 'meetings'].map((topic) => queryClient.invalidateQueries({ queryKey: [topic] })));
  const call = useMutation({
    mutationFn: (one: Callee) => api.rings.call({ params, body: { callees: [one] } }),
    onSuccess,
  });
  const withdraw = useMutation({
    mutationFn: (calleeId: Rung) => api.rings.withdraw({ params: { ...params, calleeId } }),
    onSuccess,
  });
  const isLive = meeting.state === 'live';
  if (!isLive && !data?.items.length) return error ? <FaultNote error={error} /> : null;
  return (
    <section aria-labelledby="rings">
      <div className="section-head">
        <h2 id="rings">{text('rings.title')}</h2>
      </div>
      {data?.items.length === 0 ? <p className="section-none">{text('rings.none')}</p> : null}
      <ul className="rows">
        {data?.items.map((ring) => (
          <RingRow key={ring.calleeId} ring={ring}>
            {isLive ? <RingAct ring={ring} onCall={call.mutate} onWithdraw={withdraw.mutate} /> : null}
          </RingRow>
        ))}
      </ul>
      <FaultNote error={error ?? call.error ?? withdraw.error} />
      {isLive && session ? (
        <div className="call-in">
          <AttendeePicker
            who={session}
            label={text('rings.callIn')}
            hasContacts={false}
            onAdd={({ request }) => call.mutate(callee.parse(request))}
          />
          <p className="t2">{text('rings.callInHint')}</p>
        </div>
      ) : null}
    </section>
  );
}

function RingRow({ ring, children }: { ring: MeetingRing; children: ReactNode }) {
  const text = texts.useText();
  const { time } = useWhen();
  const Icon = ring.kind === 'terminal' ? IconDoor : IconUser;
  const StateIcon = icons[ring.state];
  return (
    <li className="ring-row">
      <Icon size={18} stroke={1.75} aria-hidden="true" className="t2" />
      <b className="grow">{ring.name}</b>
      <span className="ring-state" data-state={ring.state}>
        <StateIcon size={18} stroke={1.75} aria-hidden="true" />
        {text(`rings.state.${ring.state}`)}
      </span>
      <time className="t3 tabular" dateTime={ring.settledAt ?? ring.calledAt}>
        {time(ring.settledAt ?? ring.calledAt)}
      </time>
      {children}
    </li>
  );
}

function RingAct({
  ring: { calleeId, name, state },
  onCall,
  onWithdraw,
}: {
  ring: MeetingRing;
  onCall: (one: Callee) => void;
  onWithdraw: (calleeId: Rung) => void;
}) {
  const text = texts.useText();
  const rung = toRung(calleeId);
  if (rung === null) return null;
  const isRinging = state === 'ringing';
  return (
    <Button
      variant="default"
      aria-label={isRinging ? text('rings.withdrawName', { name }) : text('rings.againName', { name })}
      onClick={() => (isRinging ? onWithdraw(rung) : onCall(toCallee(rung)))}
    >
      {isRinging ? text('rings.withdraw') : text('rings.again')}
    </Button>
  );
}

/** Who has a client or is a terminal. */
type Rung = AccountId | TerminalId;

/** Null for contacts and numbers, which a meeting calls from inside. */
function toRung(id: MeetingRing['calleeId']): Rung | null {
  const rung = z.union([accountId, terminalId]).safeParse(id);
  return rung.success ? rung.data : null;
}

function toCallee(id: Rung): Callee {
  const terminal = terminalId.safeParse(id);
  if (terminal.success) return { kind: 'terminal', terminalId: terminal.data };
  return { kind: 'person', accountId: accountId.parse(id) };
}

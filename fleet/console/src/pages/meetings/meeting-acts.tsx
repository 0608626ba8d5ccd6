import type { ChangeScope, Meeting } from '@anteroom/shared/api/meetings.ts';
import { joinableBeforeMs } from '@anteroom/shared/meeting/joinable.ts';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useApp } from '../../app/app-context.ts';
import { useWhen } from '../../app/use-when.ts';
import { ActionButton } from '../../components/action-button.tsx';
import { Confirm } from '../../components/confirm.tsx';
import { FaultNote } from '../../components/fault-note.tsx';
import { texts } from '../../locales/texts.ts';
import { ScopeField } from './edit-meeting-page.tsx';

const extendMinutes = 15;

/** What whoever manages the meeting can do with it now. */
export function MeetingActs({ meeting }: { meeting: Meeting }) {
  const text = texts.useText();
  if (meeting.state !== 'live' && meeting.state !== 'scheduled') return null;
  return (
    <div className="meeting-acts">
      <ToControl meeting={meeting} />
      {meeting.state === 'scheduled' ? (
        <Button
          variant="default"
          renderRoot={(props) => <Link to="/meetings/$meetingId/edit" params={{ meetingId: meeting.id }} {...props} />}
        >
          {text('meeting.edit')}
        </Button>
      ) : (
        <Extend meeting={meeting} />
      )}
      <CallOff meeting={meeting} />
    </div>
  );
}

/** To the control of the meeting, once people can be at its door. */
function ToControl({ meeting }: { meeting: Meeting }) {
  const text = texts.useText();
  const navigate = useNavigate();
  const { now } = useWhen();
  const isSoon = Date.parse(meeting.startAt) - now.getTime() <= joinableBeforeMs;
  const params = { meetingId: meeting.id };
  const go = () =>
    navigate({ to: '/meetings/$meetingId/control', params }).catch((error: unknown) => reportError(error));
  return (
    <ActionButton reason={meeting.state === 'live' || isSoon ? null : text('control.openNot')} onAct={go}>
      {text('control.open')}
    </ActionButton>
  );
}

/** Until the next booking; then it says what comes. */
function Extend({ meeting }: { meeting: Meeting }) {
  const text = texts.useText();
  const { api } = useApp();
  const { time } = useWhen();
  const queryClient = useQueryClient();
  const extend = useMutation({
    mutationFn: () => api.meetings.extend({ params: { meetingId: meeting.id }, body: { minutes: extendMinutes } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['meetings'] }),
  });
  const until = meeting.extendableUntil;
  const isIn = until !== null && Date.parse(meeting.endAt) + extendMinutes * 60_000 <= Date.parse(until);
  return (
    <>
      <ActionButton
        reason={isIn || until === null ? null : text('meeting.extendNot', { time: time(until) })}
        onAct={() => extend.mutate()}
        loading={extend.isPending}
      >
        {text('meeting.extend')}
      </ActionButton>
      <FaultNote error={extend.error} />
    </>
  );
}

/** Cancel before it begins, end while it is live: each asks first, since others notice. */
function CallOff({ meeting }: { meeting: Meeting }) {
  const text = texts.useText();
  const { api } = useApp();
  const queryClient = useQueryClient();
  const [isAsking, setIsAsking] = useState(false);
  const [scope, setScope] = useState<ChangeScope>('this');
  const isLive = meeting.state === 'live';
  const params = { meetingId: meeting.id };
  const callOff = useMutation({
    mutationFn: () => (isLive ? api.meetings.end({ params }) : api.meetings.cancel({ params, query: { scope } })),
    onSuccess: async () => {
      setIsAsking(false);
      await queryClient.invalidateQueries();
    },
  });
  const act = isLive ? text('meeting.end') : text('meeting.cancel');
  return (
    <>
      <Button className="danger-outline" onClick={() => setIsAsking(true)}>
        {act}
      </Button>
      {isAsking ? (
        <Confirm
          title={isLive ? text('meeting.endTitle') : text('meeting.cancelTitle')}
          act={act}
          isBusy={callOff.isPending}
          error={callOff.error}
          onAct={() => callOff.mutate()}
          onClose={() => setIsAsking(false)}
        >
          {meeting.recurrence && !isLive ? (
            <ScopeField value={scope} onChange={setScope} label={text('plan.cancel.for')} />
          ) : null}
          <p>
            {isLive
              ? text('meeting.endWhat', { count: meeting.participants.length })
              : text('meeting.cancelWhat', { subject: meeting.subject })}
          </p>
        </Confirm>
      ) : null}
    </>
  );
}

import type { OwnRing } from '@anteroom/shared/api/rings.ts';
import { QuietNote, RingBar } from '@anteroom/ui/ringing/ring-bar.tsx';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useApp } from '../app/app-context.ts';
import { FaultNote } from '../components/fault-note.tsx';
import { clientPath } from '../components/meeting-number.ts';

const hourMs = 3_600_000;

/** Calls of whoever is signed in, on every page; the client opens in a tab of its own. */
export function Ringing() {
  const { api, queries } = useApp();
  const queryClient = useQueryClient();
  const rings = useQuery(queries.ownRings()).data;
  const quiet = useQuery(queries.doNotDisturb()).data;
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['rings'] });
  const settle = useMutation({
    mutationFn: ({ meetingId, act }: Pick<OwnRing, 'meetingId'> & { act: 'answer' | 'decline' }) =>
      api.rings[act]({ params: { meetingId } }),
    onSettled: refresh,
  });
  const setQuiet = useMutation({
    mutationFn: (isOn: boolean) =>
      api.rings.setDoNotDisturb({ body: { isOn, until: isOn ? new Date(Date.now() + hourMs).toISOString() : null } }),
    onSettled: refresh,
  });
  return (
    <>
      <RingBar
        rings={rings?.items ?? []}
        clientOf={({ number }) => clientPath(number)}
        onAnswer={({ meetingId }) => settle.mutate({ meetingId, act: 'answer' })}
        onDecline={({ meetingId }) => settle.mutate({ meetingId, act: 'decline' })}
        onQuiet={() => setQuiet.mutate(true)}
      >
        <FaultNote error={settle.error ?? setQuiet.error} />
      </RingBar>
      {quiet?.isOn ? <QuietNote quiet={quiet} onOff={() => setQuiet.mutate(false)} /> : null}
    </>
  );
}

import type { OwnRing } from '@anteroom/shared/api/rings.ts';
import { Button } from '@mantine/core';
import { IconBellX } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useApp } from '../../app/app-context.ts';
import { useWhen } from '../../app/use-when.ts';
import { FaultNote } from '../../components/fault-note.tsx';
import { clientPath } from '../../components/meeting-number.ts';
import { texts } from '../../locales/texts.ts';

/** Who called while the reader did not answer; nothing when nobody did. */
export function MissedCalls() {
  const text = texts.useText();
  const { queries } = useApp();
  const missed = useQuery(queries.ownRings()).data?.items.filter(
    ({ state, isOwnCall }) => state === 'missed' && !isOwnCall,
  );
  if (!missed || missed.length === 0) return null;
  return (
    <section aria-labelledby="missed-calls" className="missed-calls">
      <div className="section-head">
        <h2 id="missed-calls">{text('calls.missed')}</h2>
        <span className="t3 tabular">{missed.length}</span>
      </div>
      <ul className="rows">
        {missed.map((ring) => (
          <MissedCall key={`${ring.meetingId} ${ring.calledAt}`} ring={ring} />
        ))}
      </ul>
    </section>
  );
}

function MissedCall({ ring }: { ring: OwnRing }) {
  const text = texts.useText();
  const { api } = useApp();
  const { stamp } = useWhen();
  const queryClient = useQueryClient();
  const { meetingId, number, subject, callerName: name, calledAt, canJoin } = ring;
  const dismiss = useMutation({
    mutationFn: () => api.rings.dismiss({ params: { meetingId } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['rings'] }),
  });
  return (
    <li className="missed-call">
      <IconBellX size={18} stroke={1.75} aria-hidden="true" className="t2" />
      <span className="grow">
        <b className="tabular">{text('calls.called', { name, time: stamp(calledAt) })}</b>
        <span className="t2 block">{subject}</span>
      </span>
      {canJoin ? (
        <Button
          component="a"
          href={clientPath(number)}
          target="_blank"
          rel="noopener"
          aria-label={text('calls.joinName', { subject })}
        >
          {text('calls.join')}
        </Button>
      ) : (
        <span className="t3">{text('calls.over')}</span>
      )}
      <Button
        variant="default"
        aria-label={text('calls.dismissName', { name })}
        onClick={() => dismiss.mutate()}
        loading={dismiss.isPending}
      >
        {text('calls.dismiss')}
      </Button>
      <FaultNote error={dismiss.error} />
    </li>
  );
}

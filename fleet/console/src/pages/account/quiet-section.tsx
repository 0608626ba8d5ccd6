import { Button, NativeSelect } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useApp } from '../../app/app-context.ts';
import { useWhen } from '../../app/use-when.ts';
import { FaultNote } from '../../components/fault-note.tsx';
import { texts } from '../../locales/texts.ts';

const lengths = ['hour', 'fourHours', 'tomorrow', 'off'] as const;
type Length = (typeof lengths)[number];

/** When quiet of this length ends; null when the reader ends it. */
function endOf(length: Length, now: Date): string | null {
  if (length === 'off') return null;
  if (length === 'tomorrow') return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, 8).toISOString();
  return new Date(now.getTime() + (length === 'hour' ? 1 : 4) * 3_600_000).toISOString();
}

/** Whether calls ring for the reader. */
export function QuietSection() {
  const text = texts.useText();
  const { api, queries } = useApp();
  const { now, stamp } = useWhen();
  const queryClient = useQueryClient();
  const [length, setLength] = useState<Length>('hour');
  const { data: quiet, error } = useQuery(queries.doNotDisturb());
  const save = useMutation({
    mutationFn: (isOn: boolean) =>
      api.rings.setDoNotDisturb({ body: { isOn, until: isOn ? endOf(length, now) : null } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['rings'] }),
  });
  const words = () => {
    if (!quiet?.isOn) return text('quiet.isOff');
    return quiet.until === null ? text('quiet.isOn') : text('quiet.isOnUntil', { time: stamp(quiet.until) });
  };
  return (
    <section aria-labelledby="quiet">
      <div className="section-head">
        <h2 id="quiet">{text('quiet.title')}</h2>
      </div>
      <p className="t2">{text('quiet.lead')}</p>
      {quiet ? <p role="status">{words()}</p> : null}
      <FaultNote error={error ?? save.error} />
      {quiet?.isOn ? (
        <div className="row">
          <Button variant="default" onClick={() => save.mutate(false)} loading={save.isPending}>
            {text('quiet.off')}
          </Button>
        </div>
      ) : (
        <div className="row quiet-row">
          <NativeSelect
            label={text('quiet.until')}
            value={length}
            onChange={(event) => setLength(lengths.find((each) => each === event.target.value) ?? length)}
            data={lengths.map((value) => ({ value, label: text(`quiet.until.${value}`) }))}
          />
          <Button variant="default" onClick={() => save.mutate(true)} loading={save.isPending}>
            {text('quiet.on')}
          </Button>
        </div>
      )}
    </section>
  );
}

import { organizationRoutes } from '@anteroom/shared/api/organizations.ts';
import type { RouteBody } from '@anteroom/shared/api/route.ts';
import type { AccountId } from '@anteroom/shared/ids.ts';
import { useClock } from '@anteroom/ui/clock/clock.tsx';
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useApp } from '../../app/app-context.ts';
import { CodeField } from '../../components/code-field.tsx';
import { Confirm } from '../../components/confirm.tsx';
import { FaultNote } from '../../components/fault-note.tsx';
import { Picker, useSearchWords } from '../../components/picker.tsx';
import { useFields } from '../../components/use-fields.ts';
import { texts } from '../../locales/texts.ts';

type Chosen = { id: AccountId; name: string };

/** Makes somebody else the default administrator (移交默认管理员): a code is sent; it and their typed name confirm that. */
export function HandOverSection({ ownId }: { ownId: AccountId }) {
  const text = texts.useText();
  const { api, queries } = useApp();
  const clock = useClock();
  const queryClient = useQueryClient();
  const [words, setWords] = useSearchWords();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [isUnchosen, setIsUnchosen] = useState(false);
  const [sentAtMs, setSentAtMs] = useState<number | null>(null);
  const form = useFields({ code: '' });
  const people = useQuery(queries.people({ search: words || undefined }));
  const others = (people.data?.items ?? []).filter(({ id }) => id !== ownId);
  const send = useMutation({
    mutationFn: () => api.organization.sendHandOverCode({}),
    onSuccess: () => setSentAtMs(clock.monotonicMs()),
  });
  const handOver = useMutation({
    mutationFn: (body: RouteBody<typeof organizationRoutes.handOver>) => api.organization.handOver({ body }),
    // The role is another now, and this section goes with it.
    onSuccess: () => queryClient.invalidateQueries(),
  });
  const close = () => {
    setSentAtMs(null);
    form.set('code', '');
    send.reset();
    handOver.reset();
  };
  return (
    <section aria-labelledby="hand-over">
      <div className="section-head">
        <h2 id="hand-over">{text('handOver.title')}</h2>
      </div>
      <p className="t2">{text('handOver.lead')}</p>
      <FaultNote error={people.error} onRetry={people.refetch} />
      <div className="form section-form">
        <Picker
          label={text('handOver.to')}
          value={chosen?.id ?? null}
          choices={others.map(({ id, name, department, phone, email }) => ({
            value: id,
            label: [name, department?.name, phone ?? email].filter(Boolean).join(' · '),
          }))}
          chosenLabel={chosen?.name ?? null}
          onSearch={setWords}
          onChange={(value) => {
            setChosen(others.find(({ id }) => id === value) ?? null);
            setIsUnchosen(false);
          }}
          error={isUnchosen ? text('handOver.toWrong') : undefined}
        >
          {null}
        </Picker>
        {sentAtMs === null ? <FaultNote error={send.error} /> : null}
        <div className="row">
          <Button
            variant="default"
            className="danger-outline"
            loading={send.isPending}
            onClick={() => {
              setIsUnchosen(!chosen);
              if (chosen) send.mutate();
            }}
          >
            {text('handOver.open')}
          </Button>
        </div>
      </div>
      {sentAtMs !== null && chosen ? (
        <Confirm
          title={text('handOver.question', { name: chosen.name })}
          act={text('handOver.act')}
          typed={chosen.name}
          isBusy={handOver.isPending}
          error={handOver.error ?? send.error}
          onAct={() => {
            const body = form.read(organizationRoutes.handOver.body, { ...form.values, accountId: chosen.id });
            if (body) handOver.mutate(body);
          }}
          onClose={close}
        >
          <p>{text('handOver.what', { name: chosen.name })}</p>
          <CodeField
            value={form.values.code}
            sentAtMs={sentAtMs}
            isRefused={form.isRefused('code')}
            isBusy={send.isPending}
            onChange={(code) => form.set('code', code)}
            onAgain={() => send.mutate()}
          />
        </Confirm>
      ) : null}
    </section>
  );
}

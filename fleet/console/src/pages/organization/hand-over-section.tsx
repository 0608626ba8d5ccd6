import type { AccountId } from '@anteroom/shared/ids.ts';
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useApp } from '../../app/app-context.ts';
import { Confirm } from '../../components/confirm.tsx';
import { FaultNote } from '../../components/fault-note.tsx';
import { Picker, useSearchWords } from '../../components/picker.tsx';
import { texts } from '../../locales/texts.ts';

type Chosen = { id: AccountId; name: string };

/** Makes somebody else the default administrator (移交默认管理员), after their name was typed. */
export function HandOverSection({ ownId }: { ownId: AccountId }) {
  const text = texts.useText();
  const { api, queries } = useApp();
  const queryClient = useQueryClient();
  const [words, setWords] = useSearchWords();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [step, setStep] = useState<'choosing' | 'unchosen' | 'confirming'>('choosing');
  const people = useQuery(queries.people({ search: words || undefined }));
  const others = (people.data?.items ?? []).filter(({ id }) => id !== ownId);
  const handOver = useMutation({
    mutationFn: (to: Chosen) => api.organization.handOver({ body: { accountId: to.id } }),
    // The role is another now, and this section goes with it.
    onSuccess: () => queryClient.invalidateQueries(),
  });
  const close = () => {
    setStep('choosing');
    handOver.reset();
  };
  return (
    <section aria-labelledby="hand-over">
      <div className="section-head">
        <h2 id="hand-over">{text('handOver.title')}</h2>
      </div>
      <p className="t2">{text('handOver.lead')}</p>
      <FaultNote error={people.error} onRetry={people.refetch} />
      <div className="form organization-form">
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
            setStep('choosing');
          }}
          error={step === 'unchosen' ? text('handOver.toWrong') : undefined}
        >
          {null}
        </Picker>
        <div className="row">
          <Button
            variant="default"
            className="danger-outline"
            onClick={() => setStep(chosen ? 'confirming' : 'unchosen')}
          >
            {text('handOver.open')}
          </Button>
        </div>
      </div>
      {step === 'confirming' && chosen ? (
        <Confirm
          title={text('handOver.question', { name: chosen.name })}
          act={text('handOver.act')}
          typed={chosen.name}
          isBusy={handOver.isPending}
          error={handOver.error}
          onAct={() => handOver.mutate(chosen)}
          onClose={close}
        >
          <p>{text('handOver.what', { name: chosen.name })}</p>
        </Confirm>
      ) : null}
    </section>
  );
}

import type { organizationRoutes } from '@anteroom/shared/api/organizations.ts';
import type { RouteBody } from '@anteroom/shared/api/route.ts';
import type { AccountId } from '@anteroom/shared/ids.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useApp } from '../../app/app-context.ts';
import { CodeConfirm } from '../../components/code-confirm.tsx';
import { FaultNote } from '../../components/fault-note.tsx';
import { Picker, useSearchWords } from '../../components/picker.tsx';
import { texts } from '../../locales/texts.ts';

type Chosen = { id: AccountId; name: string };

/** Makes somebody else the default administrator (移交默认管理员): a code is sent; it and their typed name confirm that. */
export function HandOverSection({ ownId }: { ownId: AccountId }) {
  const text = texts.useText();
  const { api, queries } = useApp();
  const queryClient = useQueryClient();
  const [words, setWords] = useSearchWords();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [isUnchosen, setIsUnchosen] = useState(false);
  const people = useQuery(queries.people({ search: words || undefined }));
  const others = (people.data?.items ?? []).filter(({ id }) => id !== ownId);
  const handOver = useMutation({
    mutationFn: (body: RouteBody<typeof organizationRoutes.handOver>) => api.organization.handOver({ body }),
    // The role is another now, and this section goes with it.
    onSuccess: () => queryClient.invalidateQueries(),
  });
  const name = chosen?.name ?? '';
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
        <CodeConfirm
          ask={text('handOver.open')}
          canAsk={() => {
            setIsUnchosen(!chosen);
            return chosen !== null;
          }}
          sendCode={() => api.organization.sendHandOverCode({})}
          title={text('handOver.question', { name })}
          act={text('handOver.act')}
          typed={name}
          isBusy={handOver.isPending}
          error={handOver.error}
          onAct={(code) => {
            if (chosen) handOver.mutate({ code, accountId: chosen.id });
          }}
          onClose={handOver.reset}
        >
          <p>{text('handOver.what', { name })}</p>
        </CodeConfirm>
      </div>
    </section>
  );
}

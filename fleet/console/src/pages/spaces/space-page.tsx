import { type Space, spaceRoutes } from '@anteroom/shared/api/spaces.ts';
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useOnceKey } from '../../api/once-key.ts';
import { useApp } from '../../app/app-context.ts';
import { readerZone } from '../../app/use-when.ts';
import { Confirm } from '../../components/confirm.tsx';
import { FaultNote } from '../../components/fault-note.tsx';
import { FormPage } from '../../components/form-page.tsx';
import { useFields } from '../../components/use-fields.ts';
import { useRounds } from '../../components/use-rounds.ts';
import { texts } from '../../locales/texts.ts';
import { SpaceFields, type SpaceValues } from './space-fields.tsx';

const route = getRouteApi('/signedIn/spaces/$spaceId');

export function NewSpacePage() {
  const text = texts.useText();
  const { api } = useApp();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const keyOf = useOnceKey();
  const create = useMutation({
    mutationFn: (body: SpaceValues) => api.spaces.create({ body, key: keyOf(body) }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['spaces'] });
      await navigate({ to: '/spaces' });
    },
  });
  return (
    <SpaceForm
      title={text('spaces.new')}
      initial={{ name: '', site: '', floor: '', capacity: 8, timeZone: readerZone }}
      submit={text('spaces.create')}
      isBusy={create.isPending}
      error={create.error}
      onSubmit={(body) => create.mutate(body)}
    />
  );
}

export function SpacePage() {
  const text = texts.useText();
  const { queries } = useApp();
  const { spaceId } = route.useParams();
  const { data: space, error, refetch } = useQuery(queries.space(spaceId));
  const { round, startAgain } = useRounds(refetch);
  if (!space) {
    return error ? <FaultNote error={error} onRetry={() => refetch()} /> : <p className="t2">{text('list.loading')}</p>;
  }
  return <EditSpace key={`${space.id} ${round}`} space={space} onStartAgain={startAgain} />;
}

function EditSpace({ space, onStartAgain }: { space: Space; onStartAgain: () => Promise<void> }) {
  const text = texts.useText();
  const { api } = useApp();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [isRemoving, setIsRemoving] = useState(false);
  const { id: spaceId, terminalId, ...initial } = space;
  const [tag] = useState(() => api.tagOf(spaceRoutes.get, { spaceId }));
  const leave = async () => {
    await navigate({ to: '/spaces' });
    await queryClient.invalidateQueries();
  };
  const save = useMutation({
    mutationFn: (body: SpaceValues) => api.spaces.update({ params: { spaceId }, body, tag }),
    onSuccess: leave,
  });
  const remove = useMutation({
    mutationFn: () => api.spaces.remove({ params: { spaceId } }),
    onSuccess: leave,
  });
  return (
    <>
      <SpaceForm
        title={space.name}
        initial={initial}
        submit={text('action.save')}
        isBusy={save.isPending}
        error={save.error}
        onStartAgain={onStartAgain}
        onSubmit={(body) => save.mutate(body)}
        others={
          <Button className="danger-outline" onClick={() => setIsRemoving(true)}>
            {text('spaces.remove')}
          </Button>
        }
      >
        <p className="t2">
          {terminalId ? (
            <Link to="/terminals/$terminalId" params={{ terminalId }} className="link">
              {text('spaces.openTerminal')}
            </Link>
          ) : (
            text('spaces.noTerminalHere')
          )}
        </p>
      </SpaceForm>
      {isRemoving ? (
        <Confirm
          title={text('spaces.removeTitle', { name: space.name })}
          act={text('spaces.remove')}
          typed={space.name}
          isBusy={remove.isPending}
          error={remove.error}
          onAct={() => remove.mutate()}
          onClose={() => setIsRemoving(false)}
        >
          <p>{terminalId ? text('spaces.removeWithTerminal') : text('spaces.removeWhat')}</p>
        </Confirm>
      ) : null}
    </>
  );
}

function SpaceForm({
  title,
  initial,
  submit,
  isBusy,
  error,
  onStartAgain,
  onSubmit,
  others,
  children,
}: {
  title: string;
  initial: SpaceValues;
  submit: string;
  isBusy: boolean;
  error: unknown;
  onStartAgain?: () => Promise<void>;
  onSubmit: (body: SpaceValues) => void;
  others?: ReactNode;
  children?: ReactNode;
}) {
  const text = texts.useText();
  const form = useFields(initial);
  return (
    <FormPage
      crumb={
        <Link to="/spaces" className="link">
          {text('nav.spaces')}
        </Link>
      }
      title={title}
      error={error}
      {...(onStartAgain ? { onStartAgain } : {})}
      submit={submit}
      isPending={isBusy}
      cancel={(props) => <Link to="/spaces" {...props} />}
      onSubmit={() => {
        const body = form.read(spaceRoutes.create.body, form.values);
        if (body) onSubmit(body);
      }}
      others={others}
    >
      <SpaceFields values={form.values} isRefused={form.isRefused} set={form.set} />
      {children}
    </FormPage>
  );
}

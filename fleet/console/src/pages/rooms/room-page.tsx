import { type Room, roomRoutes } from '@anteroom/shared/api/rooms.ts';
import type { RouteBody } from '@anteroom/shared/api/route.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useOnceKey } from '../../api/once-key.ts';
import { useApp } from '../../app/app-context.ts';
import { FaultNote } from '../../components/fault-note.tsx';
import { FeedAddress } from '../../components/feed-address.tsx';
import { FormPage } from '../../components/form-page.tsx';
import { spacedNumber } from '../../components/meeting-number.ts';
import { useFields } from '../../components/use-fields.ts';
import { useRounds } from '../../components/use-rounds.ts';
import { texts } from '../../locales/texts.ts';
import { AssignmentSection } from './assignment-section.tsx';
import { emptyRoom, RoomFields, type RoomValues, toRoomBody } from './room-fields.tsx';

type RoomBody = RouteBody<typeof roomRoutes.create>;

const route = getRouteApi('/signedIn/cloud-rooms/$roomId');

export function NewRoomPage() {
  const text = texts.useText();
  const { api } = useApp();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const keyOf = useOnceKey();
  const create = useMutation({
    mutationFn: (body: RoomBody) => api.rooms.create({ body, key: keyOf(body) }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['rooms'] });
      await navigate({ to: '/cloud-rooms' });
    },
  });
  return (
    <RoomForm
      title={text('rooms.new')}
      initial={emptyRoom}
      submit={text('rooms.create')}
      isBusy={create.isPending}
      error={create.error}
      onSubmit={(body) => create.mutate(body)}
    />
  );
}

export function RoomPage() {
  const text = texts.useText();
  const { api, queries } = useApp();
  const { roomId } = route.useParams();
  const { data: room, error, refetch } = useQuery(queries.room(roomId));
  const { round, startAgain } = useRounds(refetch);
  if (!room) {
    return error ? <FaultNote error={error} onRetry={() => refetch()} /> : <p className="t2">{text('list.loading')}</p>;
  }
  return (
    <>
      <EditRoom key={`${room.id} ${round}`} room={room} onStartAgain={startAgain} />
      <div className="sections">
        <AssignmentSection room={room} />
        <FeedAddress
          title={text('rooms.feed')}
          onMake={async () => (await api.calendars.createOfRoom({ params: { roomId } })).url}
          onRemove={() => api.calendars.removeOfRoom({ params: { roomId } })}
        />
      </div>
    </>
  );
}

function EditRoom({ room, onStartAgain }: { room: Room; onStartAgain: () => Promise<void> }) {
  const text = texts.useText();
  const { api } = useApp();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [tag] = useState(() => api.tagOf(roomRoutes.get, { roomId: room.id }));
  const save = useMutation({
    mutationFn: (body: RoomBody) => api.rooms.update({ params: { roomId: room.id }, body, tag }),
    onSuccess: async () => {
      await navigate({ to: '/cloud-rooms' });
      await queryClient.invalidateQueries();
    },
  });
  return (
    <RoomForm
      title={room.name}
      initial={{ name: room.name, capacity: room.capacity, guestPassword: room.guestPassword ?? '' }}
      submit={text('action.save')}
      isBusy={save.isPending}
      error={save.error}
      onStartAgain={onStartAgain}
      onSubmit={(body) => save.mutate(body)}
    >
      <dl className="facts room-facts">
        <dt>{text('rooms.number')}</dt>
        <dd className="mono">{spacedNumber(room.number)}</dd>
        <dt>{text('nav.terminals')}</dt>
        <dd>
          {room.terminalIds.length === 0 ? text('rooms.noTerminals') : null}
          {room.terminalIds.map((terminalId) => (
            <RoomTerminal key={terminalId} terminalId={terminalId} />
          ))}
        </dd>
      </dl>
    </RoomForm>
  );
}

function RoomTerminal({ terminalId }: { terminalId: Room['terminalIds'][number] }) {
  const { queries } = useApp();
  const { data: terminal } = useQuery(queries.terminal(terminalId));
  return (
    <Link to="/terminals/$terminalId" params={{ terminalId }} className="link room-terminal">
      {terminal?.name ?? terminalId}
    </Link>
  );
}

function RoomForm({
  title,
  initial,
  submit,
  isBusy,
  error,
  onStartAgain,
  onSubmit,
  children,
}: {
  title: string;
  initial: RoomValues;
  submit: string;
  isBusy: boolean;
  error: unknown;
  onStartAgain?: () => Promise<void>;
  onSubmit: (body: RoomBody) => void;
  children?: ReactNode;
}) {
  const text = texts.useText();
  const form = useFields(initial);
  return (
    <FormPage
      crumb={
        <Link to="/cloud-rooms" className="link">
          {text('nav.rooms')}
        </Link>
      }
      title={title}
      error={error}
      {...(onStartAgain ? { onStartAgain } : {})}
      submit={submit}
      isPending={isBusy}
      cancel={(props) => <Link to="/cloud-rooms" {...props} />}
      onSubmit={() => {
        const body = form.read(roomRoutes.create.body, toRoomBody(form.values));
        if (body) onSubmit(body);
      }}
    >
      <RoomFields values={form.values} isRefused={form.isRefused} set={form.set} />
      {children}
    </FormPage>
  );
}

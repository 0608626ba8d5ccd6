import { mayCall } from '@anteroom/shared/api/access.ts';
import { roomRoutes } from '@anteroom/shared/api/rooms.ts';
import type { RouteBody } from '@anteroom/shared/api/route.ts';
import type { RoomId } from '@anteroom/shared/ids.ts';
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useOnceKey } from '../../api/once-key.ts';
import { useApp } from '../../app/app-context.ts';
import { FaultNote } from '../../components/fault-note.tsx';
import { Picker, useSearchWords } from '../../components/picker.tsx';
import { useFields } from '../../components/use-fields.ts';
import { texts } from '../../locales/texts.ts';
import { emptyRoom, RoomFields, toRoomBody } from './room-fields.tsx';

type Known = { id: RoomId; name: string };

/** Picks a cloud room, or makes it on the way: one that the reader may then use. */
export function RoomPicker({
  purpose,
  value,
  known,
  onChange,
  error,
}: {
  /** To plan a meeting there, only where the reader may; or to bind a terminal to it. */
  purpose: 'planning' | 'binding';
  value: RoomId | null;
  known: Known | null;
  onChange: (roomId: RoomId | null) => void;
  error: string | undefined;
}) {
  const text = texts.useText();
  const { queries } = useApp();
  const [words, setWords] = useSearchWords();
  const [made, setMade] = useState<Known | null>(null);
  const [isMaking, setIsMaking] = useState(false);
  const planning = purpose === 'planning' ? { for: purpose } : {};
  const found = useQuery(queries.rooms({ ...planning, search: words || undefined }));
  const session = useQuery(queries.session()).data;
  // A new room is nobody's: whoever manages named departments cannot plan there.
  const isUsable = purpose === 'binding' || session?.managedDepartments === null;
  const mayMake = session !== undefined && mayCall(roomRoutes.create.access, session) && isUsable;
  const rooms = found.data?.items ?? [];
  const chosen = [made, known].find((room) => room?.id === value);
  return (
    <>
      <Picker
        label={text('field.room')}
        value={value}
        choices={rooms.map((room) => ({
          value: room.id,
          label: text('picker.places', { name: room.name, count: room.capacity }),
        }))}
        chosenLabel={chosen?.name ?? null}
        onSearch={setWords}
        onChange={(id) => onChange(rooms.find((room) => room.id === id)?.id ?? chosen?.id ?? null)}
        error={error}
      >
        {isMaking || !mayMake ? null : (
          <button type="button" className="link" onClick={() => setIsMaking(true)}>
            {text('rooms.new')}
          </button>
        )}
      </Picker>
      <FaultNote error={found.error} />
      {isMaking ? (
        <NewRoomFields
          onMade={(room) => {
            setMade(room);
            setIsMaking(false);
            onChange(room.id);
          }}
          onCancel={() => setIsMaking(false)}
        />
      ) : null}
    </>
  );
}

function NewRoomFields({ onMade, onCancel }: { onMade: (room: Known) => void; onCancel: () => void }) {
  const text = texts.useText();
  const { api } = useApp();
  const queryClient = useQueryClient();
  const keyOf = useOnceKey();
  const form = useFields(emptyRoom);
  const create = useMutation({
    mutationFn: (body: RouteBody<typeof roomRoutes.create>) => api.rooms.create({ body, key: keyOf(body) }),
    onSuccess: async (room) => {
      await queryClient.invalidateQueries({ queryKey: ['rooms'] });
      onMade(room);
    },
  });
  return (
    <fieldset className="inline-new">
      <legend>{text('rooms.new')}</legend>
      <RoomFields values={form.values} isRefused={form.isRefused} set={form.set} />
      <FaultNote error={create.error} />
      <div className="form-end">
        <Button
          variant="default"
          loading={create.isPending}
          onClick={() => {
            const body = form.read(roomRoutes.create.body, toRoomBody(form.values));
            if (body) create.mutate(body);
          }}
        >
          {text('rooms.create')}
        </Button>
        <Button variant="subtle" onClick={onCancel}>
          {text('action.cancel')}
        </Button>
      </div>
    </fieldset>
  );
}

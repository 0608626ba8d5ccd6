import { spaceRoutes } from '@anteroom/shared/api/spaces.ts';
import type { SpaceId, TerminalId } from '@anteroom/shared/ids.ts';
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useOnceKey } from '../../api/once-key.ts';
import { useApp } from '../../app/app-context.ts';
import { readerZone } from '../../app/use-when.ts';
import { FaultNote } from '../../components/fault-note.tsx';
import { Picker, useSearchWords } from '../../components/picker.tsx';
import { placeOf } from '../../components/place.ts';
import { useFields } from '../../components/use-fields.ts';
import { texts } from '../../locales/texts.ts';
import { SpaceFields } from './space-fields.tsx';

type Known = { id: SpaceId; name: string; site: string; floor: string };

/** Picks the room that a terminal sits in, or makes it on the way. A room that another terminal has says so. */
export function SpacePicker({
  value,
  known,
  terminalId,
  onChange,
}: {
  value: SpaceId | null;
  known: Known | null;
  terminalId: TerminalId | null;
  onChange: (spaceId: SpaceId | null) => void;
}) {
  const text = texts.useText();
  const { queries } = useApp();
  const [words, setWords] = useSearchWords();
  const [made, setMade] = useState<Known | null>(null);
  const [isMaking, setIsMaking] = useState(false);
  const { data, error } = useQuery(queries.spaces({ search: words || undefined }));
  const spaces = data?.items ?? [];
  const chosen = [made, known].find((space) => space?.id === value);
  return (
    <>
      <Picker
        label={text('field.space')}
        value={value}
        choices={spaces.map((space) => {
          const isTaken = space.terminalId !== null && space.terminalId !== terminalId;
          return {
            value: space.id,
            label: isTaken ? text('picker.taken', { name: placeOf(space) }) : placeOf(space),
            disabled: isTaken,
          };
        })}
        chosenLabel={chosen ? placeOf(chosen) : null}
        onSearch={setWords}
        onChange={(id) => onChange(spaces.find((space) => space.id === id)?.id ?? chosen?.id ?? null)}
        error={undefined}
      >
        {isMaking ? null : (
          <button type="button" className="link" onClick={() => setIsMaking(true)}>
            {text('spaces.new')}
          </button>
        )}
      </Picker>
      <FaultNote error={error} />
      {isMaking ? (
        <NewSpaceFields
          onMade={(space) => {
            setMade(space);
            setIsMaking(false);
            onChange(space.id);
          }}
          onCancel={() => setIsMaking(false)}
        />
      ) : null}
    </>
  );
}

function NewSpaceFields({ onMade, onCancel }: { onMade: (space: Known) => void; onCancel: () => void }) {
  const text = texts.useText();
  const { api } = useApp();
  const queryClient = useQueryClient();
  const keyOf = useOnceKey();
  const form = useFields({ name: '', site: '', floor: '', capacity: 8, timeZone: readerZone });
  const create = useMutation({
    mutationFn: (body: typeof form.values) => api.spaces.create({ body, key: keyOf(body) }),
    onSuccess: async (space) => {
      await queryClient.invalidateQueries({ queryKey: ['spaces'] });
      onMade(space);
    },
  });
  return (
    <fieldset className="inline-new">
      <legend>{text('spaces.new')}</legend>
      <SpaceFields values={form.values} isRefused={form.isRefused} set={form.set} />
      <FaultNote error={create.error} />
      <div className="form-end">
        <Button
          variant="default"
          loading={create.isPending}
          onClick={() => {
            const body = form.read(spaceRoutes.create.body, form.values);
            if (body) create.mutate(body);
          }}
        >
          {text('spaces.create')}
        </Button>
        <Button variant="subtle" onClick={onCancel}>
          {text('action.cancel')}
        </Button>
      </div>
    </fieldset>
  );
}

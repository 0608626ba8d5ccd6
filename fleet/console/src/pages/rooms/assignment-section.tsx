import type { ComingMeetingsFate, Room } from '@anteroom/shared/api/rooms.ts';
import type { AccountId } from '@anteroom/shared/ids.ts';
import { Button, Group, Modal, Radio, Select, Stack } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useApp } from '../../app/app-context.ts';
import { FaultNote } from '../../components/fault-note.tsx';
import { texts } from '../../locales/texts.ts';
import { useDay } from '../resources/use-day.ts';

/** Who holds meetings in a cloud room, and the way to change it. */
export function AssignmentSection({ room }: { room: Room }) {
  const text = texts.useText();
  const day = useDay();
  const [asked, setAsked] = useState<'assign' | 'reclaim' | null>(null);
  return (
    <section className="block" aria-labelledby="assignment">
      <div className="section-head">
        <h2 id="assignment">{text('assign.title')}</h2>
      </div>
      <p>{room.assignee ? text('assign.holder', { name: room.assignee.name }) : text('assign.nobody')}</p>
      <p className="t2">
        {room.validUntil ? text('assign.validUntil', { when: day(room.validUntil) }) : text('assign.invalid')}
      </p>
      <Group gap="sm" mt="md">
        <Button variant="default" onClick={() => setAsked('assign')}>
          {room.assignee ? text('assign.change') : text('assign.act')}
        </Button>
        {room.assignee ? (
          <Button variant="default" onClick={() => setAsked('reclaim')}>
            {text('assign.reclaim')}
          </Button>
        ) : null}
      </Group>
      {asked ? <AssignDialog room={room} isReclaim={asked === 'reclaim'} onClose={() => setAsked(null)} /> : null}
    </section>
  );
}

function AssignDialog({ room, isReclaim, onClose }: { room: Room; isReclaim: boolean; onClose: () => void }) {
  const text = texts.useText();
  const day = useDay();
  const { api, queries } = useApp();
  const queryClient = useQueryClient();
  const [accountId, setAccountId] = useState<AccountId | null>(null);
  const [fate, setFate] = useState<ComingMeetingsFate | null>(null);
  const people = useQuery(queries.assignable());
  const coming = useQuery(queries.comingMeetings(room.id)).data?.items ?? [];
  const assign = useMutation({
    mutationFn: () =>
      api.rooms.assign({
        params: { roomId: room.id },
        body: { accountId: isReclaim ? null : accountId, ...(fate ? { comingMeetings: fate } : {}) },
      }),
    onSuccess: async () => {
      await queryClient.invalidateQueries();
      onClose();
    },
  });
  const act = isReclaim ? text('assign.reclaim') : text('assign.act');
  const isReady = (isReclaim || accountId !== null) && (coming.length === 0 || fate !== null);
  return (
    <Modal opened onClose={onClose} title={act} centered closeButtonProps={{ 'aria-label': text('action.close') }}>
      <Stack>
        {isReclaim ? null : (
          <Select
            label={text('assign.person')}
            searchable
            data={(people.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
            value={accountId}
            onChange={(id) => setAccountId(people.data?.items.find((person) => person.id === id)?.id ?? null)}
          />
        )}
        {coming.length > 0 ? (
          <Radio.Group
            label={text('assign.coming', { count: coming.length })}
            value={fate}
            onChange={(value) => setFate(value === 'transfer' ? 'transfer' : 'cancel')}
          >
            <ul>
              {coming.slice(0, 5).map(({ id, subject, startAt }) => (
                <li key={id}>
                  {subject}, {day(startAt)}
                </li>
              ))}
            </ul>
            <Stack gap="xs">
              <Radio value="transfer" label={isReclaim ? text('assign.transferPool') : text('assign.transfer')} />
              <Radio value="cancel" label={text('assign.cancelAll')} />
            </Stack>
          </Radio.Group>
        ) : null}
        <FaultNote error={assign.error ?? people.error} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {text('action.cancel')}
          </Button>
          <Button disabled={!isReady} loading={assign.isPending} onClick={() => assign.mutate()}>
            {act}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

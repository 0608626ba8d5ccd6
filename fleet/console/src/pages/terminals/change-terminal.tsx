import type { Terminal } from '@anteroom/shared/api/terminals.ts';
import { terminalRoutes } from '@anteroom/shared/api/terminals.ts';
import { Button, Checkbox, Group, Modal, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useApp } from '../../app/app-context.ts';
import { FaultNote } from '../../components/fault-note.tsx';
import { useFields } from '../../components/use-fields.ts';
import { texts } from '../../locales/texts.ts';
import { RoomPicker } from '../rooms/room-picker.tsx';
import { SpacePicker } from '../spaces/space-picker.tsx';

/** Renames a terminal, moves it to another room or cloud room, and says what calls do there. */
export function ChangeTerminal({ terminal, onClose }: { terminal: Terminal; onClose: () => void }) {
  const text = texts.useText();
  const { api } = useApp();
  const queryClient = useQueryClient();
  const form = useFields({
    name: terminal.name,
    spaceId: terminal.space?.id ?? null,
    roomId: terminal.room?.id ?? null,
    answersAutomatically: terminal.answersAutomatically,
    doNotDisturb: terminal.doNotDisturb,
    onHostUnmute: terminal.onHostUnmute,
    onRemoteStart: terminal.onRemoteStart,
  });
  const [tag] = useState(() => api.tagOf(terminalRoutes.get, { terminalId: terminal.id }));
  const save = useMutation({
    mutationFn: (body: typeof form.values) => api.terminals.update({ params: { terminalId: terminal.id }, body, tag }),
    onSuccess: async () => {
      await queryClient.invalidateQueries();
      onClose();
    },
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={text('change.title', { name: terminal.name })}
      centered
      closeButtonProps={{ 'aria-label': text('action.close') }}
    >
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (form.read(terminalRoutes.update.body, form.values)) save.mutate(form.values);
        }}
      >
        <TextInput
          label={text('field.terminalName')}
          value={form.values.name}
          onChange={(event) => form.set('name', event.target.value)}
          error={form.isRefused('name') ? text('field.name.wrong') : undefined}
        />
        <SpacePicker
          value={form.values.spaceId}
          known={terminal.space}
          terminalId={terminal.id}
          onChange={(spaceId) => form.set('spaceId', spaceId)}
        />
        <RoomPicker
          purpose="binding"
          value={form.values.roomId}
          known={terminal.room}
          onChange={(roomId) => form.set('roomId', roomId)}
          error={undefined}
        />
        <fieldset className="option-list">
          <legend>{text('change.calls')}</legend>
          <Checkbox
            label={text('change.answersAutomatically')}
            description={text('change.answersAutomaticallyHint')}
            checked={form.values.answersAutomatically}
            onChange={(event) => form.set('answersAutomatically', event.currentTarget.checked)}
          />
          <Checkbox
            label={text('change.doNotDisturb')}
            description={text('change.doNotDisturbHint')}
            checked={form.values.doNotDisturb}
            onChange={(event) => form.set('doNotDisturb', event.currentTarget.checked)}
          />
        </fieldset>
        <fieldset className="option-list">
          <legend>{text('change.inMeetings')}</legend>
          <Checkbox
            label={text('change.allowsHostUnmute')}
            description={text('change.allowsHostUnmuteHint')}
            checked={form.values.onHostUnmute === 'allow'}
            onChange={(event) => form.set('onHostUnmute', event.currentTarget.checked ? 'allow' : 'ask')}
          />
          <Checkbox
            label={text('change.opensRemoteStarts')}
            description={text('change.opensRemoteStartsHint')}
            checked={form.values.onRemoteStart === 'asInRoom'}
            onChange={(event) => form.set('onRemoteStart', event.currentTarget.checked ? 'asInRoom' : 'closed')}
          />
        </fieldset>
        <FaultNote error={save.error} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {text('action.cancel')}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {text('action.save')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}

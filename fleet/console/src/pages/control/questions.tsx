import type { RosterEntry } from '@anteroom/shared/signalling/messages.ts';
import { Button, Checkbox, Group, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Confirm } from '../../components/confirm.tsx';
import { FaultNote } from '../../components/fault-note.tsx';
import { texts } from '../../locales/texts.ts';
import type { Control } from './use-control.ts';

/** What is being asked about somebody; `asked`: they are asked to open something. */
export type Asked = { kind: 'rename' | 'handOver' | 'remove' | 'asked'; entry: RosterEntry };

type QuestionProps = { control: Control; onClose: () => void };

/** Asks once more before somebody has to go or hosts, and for a new name. */
export function PersonQuestion({ asked, control, onClose }: QuestionProps & { asked: Asked }) {
  const text = texts.useText();
  const { kind, entry } = asked;
  const { name, participantId } = entry;
  if (kind === 'asked') return null;
  if (kind === 'rename') return <Rename {...{ entry, control, onClose }} />;
  return (
    <Confirm
      title={text(`control.ask.${kind}`, { name })}
      act={text(`control.ask.${kind}Act`)}
      keep={text('control.ask.keep')}
      isBusy={control.busyWith === kind}
      error={control.error}
      onAct={() => control.act({ kind, participantId }, onClose)}
      onClose={onClose}
    >
      <p>{text(`control.ask.${kind}What`)}</p>
    </Confirm>
  );
}

const longestName = 80;

function Rename({ entry, control, onClose }: QuestionProps & { entry: RosterEntry }) {
  const text = texts.useText();
  const [name, setName] = useState(entry.name);
  const wanted = name.trim();
  return (
    <Question title={text('control.ask.rename', { name: entry.name })} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (wanted !== '') control.act({ kind: 'rename', participantId: entry.participantId, name: wanted }, onClose);
        }}
      >
        <TextInput
          label={text('control.ask.renameLabel')}
          value={name}
          maxLength={longestName}
          onChange={(event) => setName(event.target.value)}
          data-autofocus
        />
        <FaultNote error={control.error} />
        <Answers
          act={text('control.ask.renameAct')}
          isBusy={control.busyWith === 'rename'}
          isAllowed={wanted !== ''}
          onClose={onClose}
        />
      </form>
    </Question>
  );
}

export function MuteEverybody({ control, onClose }: QuestionProps) {
  const text = texts.useText();
  const [canUnmute, setCanUnmute] = useState(true);
  return (
    <Question title={text('control.everybody.title')} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          control.act({ kind: 'muteAll', canUnmute }, onClose);
        }}
      >
        <p>{text('control.everybody.what')}</p>
        <Checkbox
          label={text('control.everybody.can')}
          checked={canUnmute}
          onChange={(event) => setCanUnmute(event.target.checked)}
        />
        <FaultNote error={control.error} />
        <Answers
          act={text('control.everybody.act')}
          isBusy={control.busyWith === 'muteAll'}
          isAllowed
          onClose={onClose}
        />
      </form>
    </Question>
  );
}

function Question({ title, onClose, children }: { title: string; onClose: () => void; children: React.ReactNode }) {
  const text = texts.useText();
  return (
    <Modal opened onClose={onClose} title={title} centered closeButtonProps={{ 'aria-label': text('action.close') }}>
      {children}
    </Modal>
  );
}

function Answers({
  act,
  isBusy,
  isAllowed,
  onClose,
}: {
  act: string;
  isBusy: boolean;
  isAllowed: boolean;
  onClose: () => void;
}) {
  const text = texts.useText();
  return (
    <Group justify="flex-end" gap="sm">
      <Button variant="default" onClick={onClose}>
        {text('control.ask.keep')}
      </Button>
      <Button type="submit" disabled={!isAllowed} loading={isBusy}>
        {act}
      </Button>
    </Group>
  );
}

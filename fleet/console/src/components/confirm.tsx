import { Button, Group, Modal, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { texts } from '../locales/texts.ts';
import { FaultNote } from './fault-note.tsx';

export type ConfirmProps = {
  title: string;
  children: ReactNode;
  /** What the dangerous button says: the act itself, never "OK". */
  act: string;
  /** What the other button says where "Keep it" is not the word. */
  keep?: string;
  /** When given, has to be typed before the act is possible: for what has no way back. */
  typed?: string;
  isBusy: boolean;
  error: unknown;
  onAct: () => void;
  onClose: () => void;
};

/** Asks before something that others notice. Keep is first in focus; the act needs a reach, and a typed name if it cannot be undone. */
export function Confirm({ title, children, act, keep, typed, isBusy, error, onAct, onClose }: ConfirmProps) {
  const text = texts.useText();
  const [given, setGiven] = useState('');
  const isAllowed = typed === undefined || given.trim() === typed;
  return (
    <Modal opened onClose={onClose} title={title} centered closeButtonProps={{ 'aria-label': text('action.close') }}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (isAllowed) onAct();
        }}
      >
        {children}
        {typed === undefined ? null : (
          <TextInput
            label={text('confirm.type', { name: typed })}
            value={given}
            onChange={(event) => setGiven(event.target.value)}
            autoComplete="off"
            data-autofocus
          />
        )}
        <FaultNote error={error} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose} data-autofocus={typed === undefined ? true : undefined}>
            {keep ?? text('action.keep')}
          </Button>
          <Button type="submit" className="danger" disabled={!isAllowed} loading={isBusy}>
            {act}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}

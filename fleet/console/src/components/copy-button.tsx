import { Button } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import { texts } from '../locales/texts.ts';

/** Copies `value`; where the browser gives no clipboard (plain HTTP), selects it for the reader to copy. */
export function CopyButton({ value, label, fieldId }: { value: string; label: string; fieldId: string }) {
  const text = texts.useText();
  const [said, setSaid] = useState('');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setSaid(text('copy.done'));
    } catch {
      // Without a secure context there is no clipboard: the field is selected, and the reader's own keys copy it.
      const field = document.getElementById(fieldId);
      if (field instanceof HTMLInputElement) field.select();
      setSaid(text('copy.byHand'));
    }
  };
  return (
    <>
      <Button
        variant="default"
        leftSection={
          said ? (
            <IconCheck size={16} stroke={2.2} aria-hidden="true" />
          ) : (
            <IconCopy size={16} stroke={1.75} aria-hidden="true" />
          )
        }
        onClick={() => {
          copy().catch((error: unknown) => reportError(error));
        }}
      >
        {label}
      </Button>
      <span className="t2" role="status">
        {said}
      </span>
    </>
  );
}

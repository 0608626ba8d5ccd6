import { Button, type ButtonProps, Tooltip } from '@mantine/core';
import { type ReactNode, useId } from 'react';

/** A button that, when it cannot act, stays where it is and says why. */
export function ActionButton({
  reason,
  onAct,
  children,
  ...look
}: ButtonProps & { reason: string | null; onAct: () => void; children: ReactNode }) {
  const reasonId = useId();
  const button = (
    <Button
      variant="default"
      {...look}
      type="button"
      aria-disabled={reason !== null}
      aria-describedby={reason === null ? undefined : reasonId}
      {...(reason === null ? {} : { 'data-disabled': true })}
      onClick={() => {
        if (reason === null) onAct();
      }}
    >
      {children}
    </Button>
  );
  if (reason === null) return button;
  return (
    <>
      <Tooltip label={reason} events={{ hover: true, focus: true, touch: true }}>
        {button}
      </Tooltip>
      <span id={reasonId} className="visually-hidden">
        {reason}
      </span>
    </>
  );
}

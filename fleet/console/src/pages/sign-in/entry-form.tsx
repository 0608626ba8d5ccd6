import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { FaultNote } from '../../components/fault-note.tsx';

/** One form of a page that nobody has to be signed in for: its fields, what went wrong, its one button, other ways. */
export function EntryForm({
  submit,
  isPending,
  error,
  onSubmit,
  others,
  children,
}: {
  submit: string;
  isPending: boolean;
  error: unknown;
  onSubmit: () => void;
  others?: ReactNode;
  children: ReactNode;
}) {
  return (
    <form
      className="stack sign-in-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
      <FaultNote error={error} />
      <Button type="submit" size="md" loading={isPending}>
        {submit}
      </Button>
      {others}
    </form>
  );
}

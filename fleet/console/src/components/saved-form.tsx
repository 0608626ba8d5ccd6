import { Button } from '@mantine/core';
import type { UseMutationResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { isOvertaken } from '../api/failure.ts';
import { texts } from '../locales/texts.ts';
import { FaultNote } from './fault-note.tsx';

/** One section of what may be changed: its fields, what went wrong, and whether they are saved. */
export function SavedForm({
  id,
  title,
  save,
  onStartAgain,
  onSubmit,
  children,
}: {
  id: string;
  title: string;
  save: Pick<UseMutationResult<unknown>, 'error' | 'isPending' | 'isSuccess'>;
  /** Fills the form anew, when somebody else was faster. */
  onStartAgain?: () => Promise<void>;
  onSubmit: () => void;
  children: ReactNode;
}) {
  const text = texts.useText();
  return (
    <section aria-labelledby={id}>
      <div className="section-head">
        <h2 id={id}>{title}</h2>
      </div>
      <form
        className="form section-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        {children}
        <FaultNote error={save.error} {...(onStartAgain && isOvertaken(save.error) ? { onRetry: onStartAgain } : {})} />
        <div className="row">
          <Button type="submit" variant="default" loading={save.isPending}>
            {text('action.save')}
          </Button>
          <span role="status" className="t2">
            {save.isSuccess ? text('account.saved') : ''}
          </span>
        </div>
      </form>
    </section>
  );
}

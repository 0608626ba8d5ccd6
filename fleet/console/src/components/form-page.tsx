import { Button } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';
import { isOvertaken } from '../api/failure.ts';
import { texts } from '../locales/texts.ts';
import { FaultNote } from './fault-note.tsx';

/** A page that is one form: the way back, what it is for, its fields, what went wrong, and the two ways out. */
export function FormPage({
  crumb,
  title,
  error,
  onStartAgain,
  submit,
  isPending,
  cancel,
  onSubmit,
  others,
  children,
}: {
  /** Link to where the page was reached from. */
  crumb: ReactNode;
  title: string;
  /** What the server answered to the last attempt. */
  error: unknown;
  /** Fills the form anew, when somebody else was faster. */
  onStartAgain?: () => Promise<void>;
  /** Words of the button that sends the form; null for a reader who may not. */
  submit: string | null;
  isPending: boolean;
  /** Link that leaves without sending; it is drawn as a button. */
  cancel: (props: object) => ReactElement;
  onSubmit: () => void;
  /** Buttons for what is not saving, away from those that are. */
  others?: ReactNode;
  children: ReactNode;
}) {
  const text = texts.useText();
  return (
    <>
      <nav className="crumbs" aria-label={text('crumbs.label')}>
        {crumb}
      </nav>
      <header className="page-head">
        <h1>{title}</h1>
      </header>
      <form
        className="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        {children}
        <FaultNote error={error} {...(onStartAgain && isOvertaken(error) ? { onRetry: onStartAgain } : {})} />
        <div className="form-end">
          {submit === null ? null : (
            <Button type="submit" loading={isPending}>
              {submit}
            </Button>
          )}
          <Button variant="default" renderRoot={cancel}>
            {text('action.cancel')}
          </Button>
          {others ? <span className="grow" /> : null}
          {others}
        </div>
      </form>
    </>
  );
}

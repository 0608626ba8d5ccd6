import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { FaultNote } from '../../components/fault-note.tsx';
import { FormPage } from '../../components/form-page.tsx';
import { texts } from '../../locales/texts.ts';

type List = '/people/departments' | '/people/contacts';

/** One thing of the directory, reached from its list: new, changed or removed by whoever may, read by everybody else. */
export function DirectoryForm({
  list,
  title,
  submit,
  mayManage,
  error,
  isPending,
  onStartAgain,
  onSubmit,
  remove,
  note,
  children,
}: {
  list: List;
  title: string;
  submit: string;
  mayManage: boolean;
  error: unknown;
  isPending: boolean;
  onStartAgain?: () => Promise<void>;
  onSubmit: () => void;
  /** What is new cannot be removed yet. */
  remove: { words: string; onOpen: () => void } | null;
  /** What stands above the fields. */
  note: ReactNode;
  children: ReactNode;
}) {
  const text = texts.useText();
  const labels = { '/people/departments': text('departments.title'), '/people/contacts': text('contacts.title') };
  return (
    <FormPage
      crumb={
        <Link to={list} className="link">
          {labels[list]}
        </Link>
      }
      title={title}
      error={error}
      {...(onStartAgain ? { onStartAgain } : {})}
      submit={mayManage ? submit : null}
      isPending={isPending}
      cancel={(props) => <Link to={list} {...props} />}
      onSubmit={onSubmit}
      others={
        remove && mayManage ? (
          <Button variant="default" className="danger-outline" onClick={remove.onOpen}>
            {remove.words}
          </Button>
        ) : null
      }
    >
      {note}
      <fieldset className="form" disabled={!mayManage}>
        {children}
      </fieldset>
    </FormPage>
  );
}

/** Back to the list, which is another now. */
export function useLeave(list: List): () => Promise<void> {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  return async () => {
    await navigate({ to: list });
    await queryClient.invalidateQueries({ queryKey: ['people'] });
  };
}

/** In place of a form, until what fills it is there. */
export function FormLoading({ error, onRetry }: { error: unknown; onRetry: () => unknown }) {
  const text = texts.useText();
  return error ? <FaultNote error={error} onRetry={onRetry} /> : <p className="t2">{text('list.loading')}</p>;
}

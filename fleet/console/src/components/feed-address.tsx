import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useId } from 'react';
import { texts } from '../locales/texts.ts';
import { CopyButton } from './copy-button.tsx';
import { FaultNote } from './fault-note.tsx';

/** The address of a calendar to subscribe to. It is shown once, when it is made; a new one ends the one before. */
export function FeedAddress({
  title,
  onMake,
  onRemove,
}: {
  title: string;
  onMake: () => Promise<string>;
  onRemove: () => Promise<unknown>;
}) {
  const text = texts.useText();
  const id = useId();
  const make = useMutation({ mutationFn: onMake });
  const remove = useMutation({ mutationFn: onRemove, onSuccess: () => make.reset() });
  return (
    <section aria-labelledby={`${id}-title`}>
      <div className="section-head">
        <h2 id={`${id}-title`}>{title}</h2>
      </div>
      <p className="t2">
        {text('calendar.what')} {text('calendar.once')}
      </p>
      {make.data ? (
        <div className="join-link">
          <TextInput
            id={id}
            label={text('calendar.address')}
            value={make.data}
            readOnly
            onFocus={(event) => event.target.select()}
          />
          <CopyButton value={make.data} label={text('calendar.copy')} fieldId={id} />
        </div>
      ) : null}
      <p role="status">{remove.isSuccess && !make.data ? text('calendar.removed') : ''}</p>
      <FaultNote error={make.error ?? remove.error} />
      <div className="form-end">
        <Button variant="default" onClick={() => make.mutate()} loading={make.isPending}>
          {text('calendar.make')}
        </Button>
        <Button variant="default" onClick={() => remove.mutate()} loading={remove.isPending}>
          {text('calendar.remove')}
        </Button>
      </div>
    </section>
  );
}

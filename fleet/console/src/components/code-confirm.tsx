import { oneTimeCode } from '@anteroom/shared/api/sessions.ts';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { z } from 'zod';
import { useApp } from '../app/app-context.ts';
import { texts } from '../locales/texts.ts';
import { CodeField } from './code-field.tsx';
import { Confirm, type ConfirmProps } from './confirm.tsx';
import { FaultNote } from './fault-note.tsx';
import { useFields } from './use-fields.ts';
import { useSentCode } from './use-sent-code.ts';

const confirmation = z.object({ code: oneTimeCode });

/** An act without a way back: a code goes to the reader's own phone or mailbox; it and a typed name confirm the act. */
export function CodeConfirm({
  ask,
  canAsk,
  sendCode,
  onAct,
  onClose,
  children,
  ...confirm
}: Omit<ConfirmProps, 'keep' | 'onAct' | 'children'> & {
  /** Words of the button that sends the code. */
  ask: string;
  /** Whether all is chosen that the act needs; asked when the button is pressed. */
  canAsk?: () => boolean;
  sendCode: () => Promise<unknown>;
  onAct: (code: string) => void;
  /** What the act does, above the code. */
  children?: ReactNode;
}) {
  const { sentAtMs, send, forget } = useSentCode(sendCode);
  return (
    <>
      {sentAtMs === null ? <FaultNote error={send.error} /> : null}
      <div className="row">
        <Button
          className="danger-outline"
          variant="default"
          loading={send.isPending}
          onClick={() => {
            if (canAsk?.() ?? true) send.mutate();
          }}
        >
          {ask}
        </Button>
      </div>
      {sentAtMs === null ? null : (
        <CodeDialog
          {...confirm}
          sentAtMs={sentAtMs}
          isSending={send.isPending}
          error={confirm.error ?? send.error}
          onAgain={() => send.mutate()}
          onAct={onAct}
          onClose={() => {
            forget();
            onClose();
          }}
        >
          {children}
        </CodeDialog>
      )}
    </>
  );
}

/** Lives as long as it is open, so that a code of before is not offered again. */
function CodeDialog({
  sentAtMs,
  isSending,
  onAgain,
  onAct,
  children,
  ...confirm
}: Omit<ConfirmProps, 'onAct'> & {
  sentAtMs: number;
  isSending: boolean;
  onAgain: () => void;
  onAct: (code: string) => void;
}) {
  const text = texts.useText();
  const { queries } = useApp();
  const account = useQuery(queries.account()).data;
  const form = useFields({ code: '' });
  const recipient = account?.phone ?? account?.email;
  return (
    <Confirm
      {...confirm}
      onAct={() => {
        const given = form.read(confirmation, form.values);
        if (given) onAct(given.code);
      }}
    >
      {children}
      {recipient ? <p className="t2">{text('account.codeToYou', { recipient })}</p> : null}
      <CodeField
        value={form.values.code}
        sentAtMs={sentAtMs}
        isRefused={form.isRefused('code')}
        isBusy={isSending}
        onChange={(code) => form.set('code', code)}
        onAgain={onAgain}
      />
    </Confirm>
  );
}

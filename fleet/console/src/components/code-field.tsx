import { useClock, useNow } from '@anteroom/ui/clock/clock.tsx';
import { Button, TextInput } from '@mantine/core';
import { texts } from '../locales/texts.ts';

const waitMs = 60_000;

/** The six digits of a message, and the way to ask for them again once a minute has passed. */
export function CodeField(props: {
  value: string;
  sentAtMs: number;
  isRefused: boolean;
  isBusy: boolean;
  onChange: (code: string) => void;
  onAgain: () => void;
}) {
  const text = texts.useText();
  const clock = useClock();
  useNow(1_000);
  const seconds = Math.ceil((props.sentAtMs + waitMs - clock.monotonicMs()) / 1000);
  return (
    <div className="code-field">
      <TextInput
        label={text('account.code')}
        description={text('account.codeHint')}
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={6}
        autoFocus
        size="md"
        value={props.value}
        onChange={(event) => props.onChange(event.target.value.replace(/\D/g, ''))}
        error={props.isRefused ? text('account.codeWrong') : undefined}
      />
      <Button variant="subtle" size="compact-sm" disabled={seconds > 0} loading={props.isBusy} onClick={props.onAgain}>
        {seconds > 0 ? text('code.againIn', { seconds }) : text('code.again')}
      </Button>
    </div>
  );
}

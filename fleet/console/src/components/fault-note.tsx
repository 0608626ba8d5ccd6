import { useProblemSentence } from '@anteroom/ui/text/problem-text.tsx';
import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { ProblemAnswer, Unreachable } from '../api/failure.ts';
import { texts } from '../locales/texts.ts';

/** What went wrong, in words: the server's own, or that nobody answered. Announced when it appears. */
export function FaultNote({ error, onRetry }: { error: unknown; onRetry?: () => unknown }) {
  const text = texts.useText();
  const sentence = useProblemSentence();
  if (!error) return null;
  const words =
    error instanceof ProblemAnswer
      ? sentence(error.problem)
      : error instanceof Unreachable
        ? text('fault.unreachable')
        : text('fault.unexpected', { message: error instanceof Error ? error.message : String(error) });
  return (
    <div className="note" data-kind="fault" role="alert">
      <IconAlertTriangle size={20} stroke={1.75} aria-hidden="true" />
      <p>{words}</p>
      {onRetry ? (
        <Button variant="default" size="compact-sm" onClick={() => onRetry()}>
          {text('action.tryAgain')}
        </Button>
      ) : null}
    </div>
  );
}

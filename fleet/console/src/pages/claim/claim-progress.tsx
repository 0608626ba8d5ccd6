import type { TerminalId } from '@anteroom/shared/ids.ts';
import { useNow } from '@anteroom/ui/clock/clock.tsx';
import { useDuration } from '@anteroom/ui/text/use-duration.ts';
import { Button } from '@mantine/core';
import { IconCheck, IconCircleDashed } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useApp } from '../../app/app-context.ts';
import { FaultNote } from '../../components/fault-note.tsx';
import { texts } from '../../locales/texts.ts';
import { claimSteps, isClaimComplete } from './steps.ts';

const askEveryMs = 1000;
/** A healthy terminal is through in seconds; after this long the page says what to look at. */
const slowAfterMs = 30_000;

/** What the terminal itself has reported since it was claimed, step by step. */
export function ClaimProgress({ terminalId }: { terminalId: TerminalId }) {
  const text = texts.useText();
  const duration = useDuration();
  const { queries } = useApp();
  const now = useNow(1000);
  const [beganMs] = useState(() => now.getTime());
  const {
    data: terminal,
    error,
    refetch,
  } = useQuery({
    ...queries.terminal(terminalId),
    refetchInterval: (query) => (query.state.data && isClaimComplete(query.state.data) ? false : askEveryMs),
  });
  if (!terminal) {
    return error ? <FaultNote error={error} onRetry={() => refetch()} /> : <p className="t2">{text('list.loading')}</p>;
  }
  const steps = claimSteps(terminal);
  const isComplete = isClaimComplete(terminal);
  const current = steps.find((step) => !step.isDone);
  const waitedMs = now.getTime() - beganMs;
  return (
    <>
      <div className="page-head" role="status">
        <h1>
          {isComplete ? text('claim.ready', { name: terminal.name }) : text('claim.settingUp', { name: terminal.name })}
        </h1>
      </div>
      <ol className="claim-steps">
        {steps.map((step) => (
          <li key={step.name} data-done={step.isDone ? '' : undefined}>
            {step.isDone ? (
              <IconCheck size={20} stroke={2.2} aria-hidden="true" />
            ) : (
              <IconCircleDashed size={20} stroke={1.75} aria-hidden="true" />
            )}
            <span>
              <b>{text(`claim.step.${step.name}`)}</b>
              <span className="t2 block">
                {step.isDone
                  ? text('claim.step.done')
                  : step === current
                    ? text('claim.step.waiting', { time: duration(waitedMs) })
                    : text('claim.step.next')}
              </span>
            </span>
          </li>
        ))}
      </ol>
      {!isComplete && waitedMs > slowAfterMs ? <p className="note">{text('claim.slow')}</p> : null}
      {isComplete && (!terminal.space || !terminal.room) ? <p className="note">{text('claim.unplaced')}</p> : null}
      <FaultNote error={error} />
      <div className="form-end">
        <Button
          variant={isComplete ? 'filled' : 'default'}
          renderRoot={(props) => <Link to="/terminals/$terminalId" params={{ terminalId }} {...props} />}
        >
          {text('claim.open')}
        </Button>
        {isComplete ? (
          <>
            <Button variant="default" renderRoot={(props) => <Link to="/meetings/new" {...props} />}>
              {text('meetings.new')}
            </Button>
            <Button variant="default" renderRoot={(props) => <Link to="/claim" {...props} />}>
              {text('claim.another')}
            </Button>
          </>
        ) : null}
      </div>
    </>
  );
}

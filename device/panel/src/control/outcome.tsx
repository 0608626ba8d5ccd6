import { type ControlAction, controlRefusals } from '@anteroom/shared/meeting/control.ts';
import { localize } from '@anteroom/shared/text.ts';
import { useClock } from '@anteroom/ui/clock/clock.tsx';
import { useLanguage } from '@anteroom/ui/i18n/language.tsx';
import { useState } from 'react';
import type { InMeeting } from './hosting.ts';
import './outcome.css';

/** What became of what was touched since this sheet opened: its own banner would be behind it. */
export function Outcome({
  call: { outcome },
  done,
}: {
  call: InMeeting;
  /** What is said when this was done. */
  done: (kind: ControlAction['kind']) => string;
}) {
  const { language } = useLanguage();
  const clock = useClock();
  const [openedAt] = useState(() => clock.now().toISOString());
  const isNews = outcome !== null && outcome.at > openedAt;
  const words = () => {
    if (!isNews) return '';
    return outcome.refusal ? localize(controlRefusals[outcome.refusal], language) : done(outcome.action.kind);
  };
  return (
    <p className="outcome" role="status" data-refused={isNews && outcome.refusal !== null ? '' : undefined}>
      {words()}
    </p>
  );
}

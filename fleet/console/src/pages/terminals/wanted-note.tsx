import type { Terminal } from '@anteroom/shared/api/terminals.ts';
import { AgeText } from '@anteroom/ui/text/age-text.tsx';
import { IconArrowsDiff, IconInfoCircle } from '@tabler/icons-react';
import { texts } from '../../locales/texts.ts';
import type { DoorReading } from './door-state.ts';
import { useCauseWords } from './state-words.tsx';

/** Where what is wanted and what the terminal has differ; or why it cannot join; else nothing. */
export function WantedNote({ terminal, door }: { terminal: Terminal; door: DoorReading }) {
  const text = texts.useText();
  const causeWords = useCauseWords();
  if (terminal.stage === 'retired') {
    return (
      <div className="note terminal-note">
        <IconInfoCircle size={20} stroke={1.75} aria-hidden="true" />
        <p>{text('cause.revoked')}</p>
      </div>
    );
  }
  const differs = !terminal.isConverged || terminal.shortfalls.length > 0;
  const cause = door.cause && door.cause.kind !== 'shortfall' && door.cause.kind !== 'device' ? door.cause : null;
  if (!differs && !cause) return null;
  return (
    <div className="note terminal-note" data-kind="lamp">
      <IconArrowsDiff size={20} stroke={1.75} aria-hidden="true" />
      <div className="grow">
        <p>
          <b>{differs ? text('terminal.differs') : text('terminal.cannot')}</b> {cause ? causeWords(cause) : null}
        </p>
        <ul>
          {terminal.shortfalls.map((shortfall) => (
            <li key={`${shortfall.what}:${shortfall.since}`}>
              {text('cause.shortfall', { what: shortfall.what, why: shortfall.why })}{' '}
              <AgeText at={shortfall.since} staleAfterMs={Number.POSITIVE_INFINITY} />
            </li>
          ))}
        </ul>
      </div>
      <span className="t3">
        {text('terminal.reported')} <AgeText at={terminal.reportedAt} staleAfterMs={Number.POSITIVE_INFINITY} />
      </span>
    </div>
  );
}

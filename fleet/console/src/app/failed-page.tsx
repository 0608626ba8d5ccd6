import { type ErrorComponentProps, Link } from '@tanstack/react-router';
import { FaultNote } from '../components/fault-note.tsx';
import { texts } from '../locales/texts.ts';

/** A page that could not be shown: says why, and tries again when asked. */
export function FailedPage({ error, reset }: ErrorComponentProps) {
  return (
    <div className="page narrow">
      <FaultNote error={error} onRetry={() => reset()} />
    </div>
  );
}

export function NothingHerePage() {
  const text = texts.useText();
  return (
    <div className="page narrow">
      <h1>{text('nothingHere.title')}</h1>
      <p className="lead">{text('nothingHere.next')}</p>
      <Link to="/" className="link">
        {text('nothingHere.overview')}
      </Link>
    </div>
  );
}

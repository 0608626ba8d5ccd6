import { Wordmark } from '@anteroom/ui/brand/wordmark.tsx';
import { Door } from '@anteroom/ui/door/door.tsx';
import { useText } from '../locales/texts.ts';

/** Before the first state: nothing at all for a moment, then words, when the terminal does not answer. */
export function FirstContact({ isLost }: { isLost: boolean }) {
  const text = useText();
  if (!isLost) return <div className="screen" aria-busy="true" />;
  return (
    <div className="screen">
      <header className="head">
        <Wordmark />
      </header>
      <main className="main" role="status">
        <h1 className="title">{text('lost.firstTitle')}</h1>
        <p className="lead">{text('lost.firstLead')}</p>
      </main>
      <Door className="doorway" opening={0} />
    </div>
  );
}

import { Answers } from '../control/answers.tsx';
import { Overlay } from '../control/overlay.tsx';
import { sharingTexts } from './locales/texts.ts';

/** Nobody is pushed aside by accident: whoever wants to share instead of somebody else says so. */
export function TakeOver({ from, onAnswer }: { from: string; onAnswer: (takesOver: boolean) => void }) {
  const text = sharingTexts.useText();
  return (
    <Overlay title={text('takeOver.title', { name: from })} anchor={null} onClose={() => onAnswer(false)}>
      <div className="question">
        <p className="t2">{text('takeOver.next', { name: from })}</p>
        <Answers yes={text('takeOver.yes')} onNo={() => onAnswer(false)} onYes={() => onAnswer(true)} />
      </div>
    </Overlay>
  );
}

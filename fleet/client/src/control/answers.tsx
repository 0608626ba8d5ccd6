import { controlTexts } from './locales/texts.ts';

/** The two answers to a question: to leave everything as it is, first in order, and to go on. */
export function Answers({
  yes,
  tone = 'primary',
  isDisabled = false,
  onNo,
  onYes,
}: {
  yes: string;
  /** `severe` for what cannot be taken back. */
  tone?: 'primary' | 'severe';
  isDisabled?: boolean;
  onNo: () => void;
  onYes: () => void;
}) {
  const text = controlTexts.useText();
  return (
    <div className="question-acts">
      <button type="button" className="button" onClick={onNo}>
        {text('confirm.no')}
      </button>
      <button type="button" className={`button ${tone}`} disabled={isDisabled} onClick={onYes}>
        {yes}
      </button>
    </div>
  );
}

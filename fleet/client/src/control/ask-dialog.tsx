import { controlTexts } from './locales/texts.ts';
import { Overlay } from './overlay.tsx';

/** A host asks for the microphone or camera. Nothing opens before it is pressed here; Esc keeps it closed. */
export function AskDialog({
  ask,
  onAnswer,
}: {
  ask: { what: 'microphone' | 'camera'; by: string };
  onAnswer: (opens: boolean) => void;
}) {
  const text = controlTexts.useText();
  const isMicrophone = ask.what === 'microphone';
  return (
    <Overlay
      title={text(isMicrophone ? 'ask.microphone' : 'ask.camera', { name: ask.by })}
      anchor={null}
      isUrgent
      onClose={() => onAnswer(false)}
    >
      <div className="question">
        <p className="t2">{text(isMicrophone ? 'ask.microphoneNext' : 'ask.cameraNext')}</p>
        <div className="question-acts">
          {/* First in order, so that a key pressed in the middle of typing opens nothing. */}
          <button type="button" className="button" onClick={() => onAnswer(false)}>
            {text(isMicrophone ? 'ask.stayMicrophone' : 'ask.stayCamera')}
          </button>
          <button type="button" className="button primary" onClick={() => onAnswer(true)}>
            {text(isMicrophone ? 'ask.openMicrophone' : 'ask.openCamera')}
          </button>
        </div>
      </div>
    </Overlay>
  );
}

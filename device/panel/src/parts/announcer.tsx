import { joinRefusalTexts } from '@anteroom/shared/meeting/refusal.ts';
import type { PanelState } from '@anteroom/shared/panel/state.ts';
import { localize } from '@anteroom/shared/text.ts';
import { useText } from '../locales/texts.ts';

/** Says every change of state to a screen reader: one sentence, politely. */
export function Announcer({ state }: { state: PanelState }) {
  return (
    <div className="visually-hidden" aria-live="polite" data-role="announcer">
      <Sentence state={state} />
    </div>
  );
}

function Sentence({ state: { binding, call, language } }: { state: PanelState }) {
  const text = useText();
  if (binding.state === 'pairing') return `${text('pairing.code')} ${binding.code.split('').join(' ')}`;
  if (binding.state !== 'claimed') return null;
  switch (call.state) {
    case 'ringing':
      return `${text('ringing.kick')}: ${call.meeting.subject}`;
    case 'joining':
      return `${text('joining.title')}: ${call.meeting.subject}`;
    case 'in':
      return [
        call.meeting.subject,
        call.media.isMicrophoneOn ? text('call.microphoneOn') : text('call.microphoneOff'),
        call.media.isCameraOn ? text('call.seeYou') : text('call.seeNot'),
      ].join('. ');
    case 'reconnecting':
      return text(`reconnecting.${call.cause}`);
    case 'leaving':
      return text('leaving.title');
    case 'failed':
      return localize(joinRefusalTexts[call.reason].text, language);
    default:
      return null;
  }
}

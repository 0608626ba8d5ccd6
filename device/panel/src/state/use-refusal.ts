import { touchRefusals, whyNotTouch } from '@anteroom/shared/panel/actions.ts';
import type { PanelTouch } from '@anteroom/shared/panel/state.ts';
import { localize } from '@anteroom/shared/text.ts';
import { useClock } from '@anteroom/ui/clock/clock.tsx';
import { useLanguage } from '@anteroom/ui/i18n/language.tsx';
import { usePanel } from './panel-context.tsx';

/** Why a touch is not possible now, in words; null when it is. The table is the terminal's own. */
export function useRefusal(touch: PanelTouch): string | null {
  const { state } = usePanel();
  const { language } = useLanguage();
  const clock = useClock();
  const refusal = whyNotTouch(touch, state, clock.now().getTime());
  return refusal ? localize(touchRefusals[refusal], language) : null;
}

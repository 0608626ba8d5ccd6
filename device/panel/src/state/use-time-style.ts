import type { TimeStyle } from '@anteroom/ui/format/time.ts';
import { useLanguage } from '@anteroom/ui/i18n/language.tsx';
import { usePanel } from './panel-context.tsx';

/** How this room writes times: in its language and its own zone, or in the browser's while it has none. */
export function useTimeStyle(): TimeStyle {
  const { language } = useLanguage();
  const { binding } = usePanel().state;
  const space = binding.state === 'claimed' ? binding.space : null;
  return { language, timeZone: space?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone };
}

import { useLanguage } from '../i18n/language.tsx';
import { uiTexts } from '../locales/texts.ts';
import './controls.css';

/** Names the other language in that language, and switches to it. */
export function LanguageSwitch({ className = 'plain-control' }: { className?: string }) {
  const { language, choose } = useLanguage();
  const text = uiTexts.useText();
  const other = language === 'en' ? 'zh-CN' : 'en';
  return (
    <button
      type="button"
      className={className}
      lang={other}
      aria-label={text('language.toOther')}
      onClick={() => choose(other)}
    >
      {text('language.other')}
    </button>
  );
}

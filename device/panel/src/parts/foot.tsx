import { LanguageSwitch } from '@anteroom/ui/controls/language-switch.tsx';
import { SchemeSwitch } from '@anteroom/ui/controls/scheme-switch.tsx';
import type { ReactNode } from 'react';
import './foot.css';

/** Bottom of a screen: what it has to say on the left, language and colours on the right. */
export function Foot({ children }: { children?: ReactNode }) {
  return (
    <footer className="foot">
      {children}
      <span className="spacer" />
      <LanguageSwitch className="foot-switch" />
      <SchemeSwitch className="foot-switch" />
    </footer>
  );
}

import { Wordmark } from '@anteroom/ui/brand/wordmark.tsx';
import { LanguageSwitch } from '@anteroom/ui/controls/language-switch.tsx';
import { SchemeSwitch } from '@anteroom/ui/controls/scheme-switch.tsx';
import type { ReactNode } from 'react';
import { ShellNotes } from '../shell/shell-notes.tsx';

/** The page outside the meeting: name, language, colours. */
export function Frame({ children }: { children: ReactNode }) {
  return (
    <div className="outside">
      <header className="outside-head">
        <a className="home" href="/m/">
          <Wordmark />
        </a>
        <span className="grow" />
        <LanguageSwitch />
        <SchemeSwitch />
      </header>
      <ShellNotes />
      {children}
    </div>
  );
}

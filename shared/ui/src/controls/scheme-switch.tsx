import { IconMoon, IconSun } from '@tabler/icons-react';
import { uiTexts } from '../locales/texts.ts';
import { useScheme } from '../scheme/scheme.tsx';
import './controls.css';

export function SchemeSwitch({ className = 'plain-control' }: { className?: string }) {
  const { scheme, choose } = useScheme();
  const text = uiTexts.useText();
  const other = scheme === 'light' ? 'dark' : 'light';
  const label = scheme === 'light' ? text('scheme.toDark') : text('scheme.toLight');
  const Icon = scheme === 'light' ? IconMoon : IconSun;
  return (
    <button type="button" className={className} aria-label={label} title={label} onClick={() => choose(other)}>
      <Icon aria-hidden="true" size={20} stroke={1.75} />
    </button>
  );
}

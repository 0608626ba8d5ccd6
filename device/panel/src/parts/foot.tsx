import { LanguageSwitch } from '@anteroom/ui/controls/language-switch.tsx';
import { SchemeSwitch } from '@anteroom/ui/controls/scheme-switch.tsx';
import { IconPlugConnected } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useRoute } from '../app/route.ts';
import { useDeviceText } from '../locales/devices/texts.ts';
import { usePanel } from '../state/panel-context.tsx';
import './foot.css';

/** Bottom of a screen: what it has to say on the left; on the right the way to the devices, language and colours. */
export function Foot({ children }: { children?: ReactNode }) {
  return (
    <footer className="foot">
      {children}
      <span className="spacer" />
      <ToDevices />
      <LanguageSwitch className="foot-switch" />
      <SchemeSwitch className="foot-switch" />
    </footer>
  );
}

/** Where devices stand beside a terminal that is paired, and somebody is not at them already. */
function ToDevices() {
  const text = useDeviceText();
  const { binding, hasDevices } = usePanel().state;
  const { route, go } = useRoute();
  if (!hasDevices || binding.state !== 'claimed' || route.page === 'devices') return null;
  return (
    <button type="button" className="foot-switch" onClick={() => go({ page: 'devices', device: null })}>
      <IconPlugConnected aria-hidden="true" stroke={1.75} />
      <span>{text('page.title')}</span>
    </button>
  );
}

import { IconAlertTriangle, IconCheck, IconHelpCircle, IconX } from '@tabler/icons-react';
import { useDeviceText } from '../locales/devices/texts.ts';
import type { Standing } from './evidence.ts';
import './standing-mark.css';

const icons = { works: IconCheck, impaired: IconAlertTriangle, silent: IconX, unknown: IconHelpCircle } as const;

/** Whether a device answers, in shape and word. */
export function StandingMark({ standing }: { standing: Standing }) {
  const text = useDeviceText();
  const Icon = icons[standing];
  return (
    <span className="standing" data-standing={standing}>
      <Icon aria-hidden="true" stroke={standing === 'works' || standing === 'silent' ? 2.2 : 1.75} />
      {text(`standing.${standing}`)}
    </span>
  );
}

import { useNow } from '@anteroom/ui/clock/clock.tsx';
import { useText } from '../locales/texts.ts';
import { usePanel } from '../state/panel-context.tsx';
import { usePlace } from './head.tsx';
import './identify-overlay.css';

/** Fills the screen while an administrator asks “which one is it?”. Flat colour: light is for meetings. */
export function IdentifyOverlay() {
  const text = useText();
  const { identifyUntil, serial, binding } = usePanel().state;
  const place = usePlace();
  const now = useNow(1000);
  if (identifyUntil === null || now >= new Date(identifyUntil)) return null;
  const terminalName = binding.state === 'claimed' ? binding.terminalName : text('contacting.kick');
  return (
    <div className="identify" role="alertdialog" aria-label={text('identify.title')}>
      <p className="identify-kick">{text('identify.title')}</p>
      <p className="identify-name">{place?.name ?? terminalName}</p>
      <p className="identify-serial mono">{serial}</p>
      <p className="identify-lead">{text('identify.lead')}</p>
    </div>
  );
}

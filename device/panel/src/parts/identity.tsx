import { useText } from '../locales/texts.ts';
import { usePanel } from '../state/panel-context.tsx';
import './identity.css';

/** Serial number and software, on a closed door: what a field engineer reads out. */
export function Identity() {
  const text = useText();
  const { serial, software } = usePanel().state;
  return (
    <span className="identity door-foot">
      <small>{text('common.serial')}</small>
      <span className="identity-serial mono">{serial}</span>
      <small className="tabular">{text('common.software', { version: software })}</small>
    </span>
  );
}

import { Overlay } from '../control/overlay.tsx';
import { shortcutTexts } from './locales/texts.ts';
import { shortcutKeys, shortcuts } from './shortcuts.ts';
import './shortcuts.css';

/** Every key and what it does. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const text = shortcutTexts.useText();
  return (
    <Overlay title={text('title')} anchor={null} onClose={onClose}>
      <div className="question">
        <dl className="shortcuts">
          {shortcuts.map((shortcut) => (
            <div key={shortcut}>
              <dt>
                <kbd>{shortcut === 'talk' ? text('key.talk') : shortcutKeys[shortcut].toUpperCase()}</kbd>
              </dt>
              <dd>{text(shortcut)}</dd>
            </div>
          ))}
        </dl>
        <p className="t2">{text('note')}</p>
      </div>
    </Overlay>
  );
}

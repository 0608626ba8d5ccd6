import { IconBackspace, IconSpace } from '@tabler/icons-react';
import { useControlText } from '../locales/control/texts.ts';
import { keyRows } from './keys.ts';

const stroke = { 'aria-hidden': true, stroke: 1.75 } as const;

/**
 * Keys on the screen, for a panel without any. They are reached by Tab and read out as what they type; a keyboard that is
 * plugged in types into the field itself.
 */
export function Keyboard({ onKey, onBack }: { onKey: (key: string) => void; onBack: () => void }) {
  const text = useControlText();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset draws a frame and takes no grid layout
    <div className="keyboard" role="group" aria-label={text('keys.title')}>
      {keyRows.map((row) => (
        <div key={row[0]} className="keyboard-row">
          {row.map((key) => (
            <button key={key} type="button" className="key" onClick={() => onKey(key)}>
              {key}
            </button>
          ))}
          {row === keyRows.at(-1) && (
            <button type="button" className="key" aria-label={text('keys.back')} onClick={onBack}>
              <IconBackspace {...stroke} />
            </button>
          )}
        </div>
      ))}
      <div className="keyboard-row">
        <button type="button" className="key" aria-label={text('keys.space')} onClick={() => onKey(' ')}>
          <IconSpace {...stroke} />
        </button>
      </div>
    </div>
  );
}

import { IconLayoutGrid, IconLayoutNavbar } from '@tabler/icons-react';
import { useState } from 'react';
import { Parts } from '../control/parts-loader.tsx';
import { useSeat } from '../control/seat.tsx';
import { viewTexts } from './locales/texts.ts';

/** Says how the stage is laid out, and opens what can be chosen of it. */
export function ViewButton() {
  const text = viewTexts.useText();
  const { view } = useSeat();
  const [anchor, setAnchor] = useState<DOMRect | null>(null);
  const layout = text(`layout.${view.layout}`);
  const Icon = view.layout === 'gallery' ? IconLayoutGrid : IconLayoutNavbar;
  return (
    <>
      <button
        type="button"
        className="head-button"
        aria-haspopup="dialog"
        aria-label={text('layout.open', { layout })}
        onClick={(event) => setAnchor(event.currentTarget.getBoundingClientRect())}
      >
        <Icon size={18} stroke={1.75} aria-hidden="true" />
        <span className="head-word">{layout}</span>
      </button>
      {anchor ? <Parts>{({ ViewMenu }) => <ViewMenu anchor={anchor} onClose={() => setAnchor(null)} />}</Parts> : null}
    </>
  );
}

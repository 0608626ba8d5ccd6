import {
  IconCheck,
  IconEyeOff,
  IconLayoutGrid,
  IconLayoutNavbar,
  IconPictureInPicture,
  IconUserSquare,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { MenuLines, Overlay } from '../control/overlay.tsx';
import { useSeat } from '../control/seat.tsx';
import { layouts, selfViews } from './layout.ts';
import { viewTexts } from './locales/texts.ts';

const icon = { size: 20, stroke: 1.75, 'aria-hidden': true } as const;
const layoutIcons = { gallery: <IconLayoutGrid {...icon} />, speaker: <IconLayoutNavbar {...icon} /> };
const selfIcons = {
  tile: <IconUserSquare {...icon} />,
  corner: <IconPictureInPicture {...icon} />,
  hidden: <IconEyeOff {...icon} />,
};

/** How the stage is laid out, and where one's own picture stands on it. */
export function ViewMenu({ anchor, onClose }: { anchor: DOMRect; onClose: () => void }) {
  const text = viewTexts.useText();
  const { view } = useSeat();
  const choose = (change: () => void) => {
    change();
    onClose();
  };
  return (
    <Overlay title={text('layout.title')} anchor={anchor} onClose={onClose}>
      <MenuLines>
        {layouts.map((layout) => (
          <ChoiceLine
            key={layout}
            icon={layoutIcons[layout]}
            label={text(`layout.${layout}`)}
            hint={text(`layout.${layout}Hint`)}
            isChosen={layout === view.layout}
            onPress={() => choose(() => view.setLayout(layout))}
          />
        ))}
        <h3 className="lines-head">{text('self.title')}</h3>
        {selfViews.map((selfView) => (
          <ChoiceLine
            key={selfView}
            icon={selfIcons[selfView]}
            label={text(`self.${selfView}`)}
            hint={null}
            isChosen={selfView === view.selfView}
            onPress={() => choose(() => view.setSelfView(selfView))}
          />
        ))}
      </MenuLines>
    </Overlay>
  );
}

/** One of several ways, of which one is chosen. */
function ChoiceLine({
  icon: picture,
  label,
  hint,
  isChosen,
  onPress,
}: {
  icon: ReactNode;
  label: string;
  hint: string | null;
  isChosen: boolean;
  onPress: () => void;
}) {
  return (
    <button type="button" className="line" aria-pressed={isChosen} onClick={onPress}>
      {picture}
      <span className="grow">
        {label}
        {hint === null ? null : <small>{hint}</small>}
      </span>
      {isChosen ? <IconCheck size={20} stroke={2.2} aria-hidden="true" /> : null}
    </button>
  );
}

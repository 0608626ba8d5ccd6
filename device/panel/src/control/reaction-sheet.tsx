import { reactions } from '@anteroom/shared/meeting/control.ts';
import { reactionIcons } from '@anteroom/ui/marks/reaction-icons.ts';
import { useControlText } from '../locales/control/texts.ts';
import { TouchButton } from '../parts/touch-button.tsx';
import { Sheet } from './sheet.tsx';

export function ReactionSheet({ onClose }: { onClose: () => void }) {
  const text = useControlText();
  return (
    <Sheet title={text('react.title')} onClose={onClose}>
      <div className="sheet-grid" data-columns="3">
        {reactions.map((reaction) => {
          const Icon = reactionIcons[reaction];
          return (
            <TouchButton
              key={reaction}
              touch={{ kind: 'control', action: { kind: 'react', reaction } }}
              shape="tile"
              icon={<Icon aria-hidden="true" stroke={1.75} />}
              label={text(`react.${reaction}`)}
              onTouched={onClose}
            />
          );
        })}
      </div>
    </Sheet>
  );
}

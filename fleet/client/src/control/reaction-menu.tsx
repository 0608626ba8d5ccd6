import { type Reaction, reactions } from '@anteroom/shared/meeting/control.ts';
import { reactionIcons } from '@anteroom/ui/marks/reaction-icons.ts';
import { controlTexts } from './locales/texts.ts';
import { MenuLine, MenuLines, Overlay } from './overlay.tsx';

export function ReactionMenu({
  anchor,
  onReact,
  onClose,
}: {
  anchor: DOMRect;
  onReact: (reaction: Reaction) => void;
  onClose: () => void;
}) {
  const text = controlTexts.useText();
  return (
    <Overlay title={text('react.open')} anchor={anchor} onClose={onClose}>
      <MenuLines>
        {reactions.map((reaction) => {
          const Icon = reactionIcons[reaction];
          return (
            <MenuLine
              key={reaction}
              icon={<Icon size={22} stroke={1.75} aria-hidden="true" />}
              label={text(`react.${reaction}`)}
              onPress={() => onReact(reaction)}
            />
          );
        })}
      </MenuLines>
    </Overlay>
  );
}

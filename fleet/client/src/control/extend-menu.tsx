import { IconClockPlus } from '@tabler/icons-react';
import { controlTexts } from './locales/texts.ts';
import { MenuLine, MenuLines, Overlay } from './overlay.tsx';
import { useSeat } from './seat.tsx';

const spansMinutes = [15, 30, 60] as const;

export function ExtendMenu({ anchor, onClose }: { anchor: DOMRect; onClose: () => void }) {
  const text = controlTexts.useText();
  const { control } = useSeat();
  return (
    <Overlay title={text('extend.title')} anchor={anchor} onClose={onClose}>
      <MenuLines>
        {spansMinutes.map((minutes) => (
          <MenuLine
            key={minutes}
            icon={<IconClockPlus size={20} stroke={1.75} aria-hidden="true" />}
            label={text('extend.by', { minutes })}
            onPress={() => {
              onClose();
              control.act({ kind: 'extend', minutes }).catch((error: unknown) => reportError(error));
            }}
          />
        ))}
      </MenuLines>
    </Overlay>
  );
}

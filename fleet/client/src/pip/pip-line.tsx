import { IconPictureInPictureOff, IconPictureInPictureOn } from '@tabler/icons-react';
import { MenuLine } from '../control/overlay.tsx';
import { useSeat } from '../control/seat.tsx';
import { pipTexts } from './locales/texts.ts';

const icon = { size: 22, stroke: 1.75, 'aria-hidden': true } as const;

/** Opens and closes the small window; says why not where there is none. */
export function PipLine({ onClose }: { onClose: () => void }) {
  const text = pipTexts.useText();
  const { pip } = useSeat();
  if (pip.open)
    return (
      <MenuLine
        icon={<IconPictureInPictureOff {...icon} />}
        label={text('close')}
        onPress={() => {
          onClose();
          pip.close();
        }}
      />
    );
  return (
    <MenuLine
      icon={<IconPictureInPictureOn {...icon} />}
      label={text('open')}
      hint={text(pip.refusal ?? (pip.hasFailed ? 'failed' : 'hint'))}
      isDisabled={pip.refusal !== null}
      onPress={() => {
        onClose();
        pip.toggle();
      }}
    />
  );
}

import { mayControl } from '@anteroom/shared/meeting/control.ts';
import { IconChalkboard, IconChalkboardOff } from '@tabler/icons-react';
import { MenuLine } from '../control/overlay.tsx';
import { useSeat } from '../control/seat.tsx';
import { boardTexts } from './locales/texts.ts';

const icon = { size: 22, stroke: 1.75, 'aria-hidden': true } as const;

/** Opens the whiteboard to everybody, or closes it. */
export function WhiteboardLine({ onClose }: { onClose: () => void }) {
  const text = boardTexts.useText();
  const { client, own, control } = useSeat();
  const { content } = client.talk;
  const by = client.roster.find(({ participantId }) => participantId === content?.participantId);
  const isOpen = content?.kind === 'whiteboard';
  const act = (action: Parameters<typeof control.act>[0]) => {
    onClose();
    control.act(action).catch((error: unknown) => reportError(error));
  };
  if (!isOpen)
    return (
      <MenuLine
        icon={<IconChalkboard {...icon} />}
        label={text('board.open')}
        hint={content ? text('board.over', { name: by?.name ?? '' }) : text('board.openHint')}
        onPress={() => act({ kind: 'openWhiteboard', takesOver: content !== null })}
      />
    );
  const { participantId } = content;
  if (!own || (participantId !== own.participantId && !mayControl(own.role, 'stopShare'))) return null;
  return (
    <MenuLine
      icon={<IconChalkboardOff {...icon} />}
      label={text('board.closeLine')}
      hint={text('board.closeHint')}
      onPress={() => act({ kind: 'stopShare', participantId })}
    />
  );
}

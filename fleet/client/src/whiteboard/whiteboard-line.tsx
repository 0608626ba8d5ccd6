import { controlRefusals, mayControl } from '@anteroom/shared/meeting/control.ts';
import { refusalToShare } from '@anteroom/shared/meeting/share-rules.ts';
import { localize } from '@anteroom/shared/text.ts';
import { useLanguage } from '@anteroom/ui/i18n/language.tsx';
import { IconChalkboard, IconChalkboardOff } from '@tabler/icons-react';
import { useState } from 'react';
import { MenuLine } from '../control/overlay.tsx';
import { useSeat } from '../control/seat.tsx';
import { TakeOver } from '../sharing/take-over.tsx';
import { boardTexts } from './locales/texts.ts';

const icon = { size: 22, stroke: 1.75, 'aria-hidden': true } as const;

/** Opens the whiteboard to everybody, or closes it. Nobody's share is pushed aside without a question. */
export function WhiteboardLine({ onClose }: { onClose: () => void }) {
  const text = boardTexts.useText();
  const { language } = useLanguage();
  const [isAsking, setIsAsking] = useState(false);
  const { client, own, control } = useSeat();
  const { content } = client.talk;
  const by = client.roster.find(({ participantId }) => participantId === content?.participantId);
  const isOpen = content?.kind === 'whiteboard';
  const act = (action: Parameters<typeof control.act>[0]) => {
    onClose();
    control.act(action).catch((error: unknown) => reportError(error));
  };
  if (!own) return null;
  if (!isOpen) {
    const outlook = { own, controls: client.talk.controls, content, sharerRole: by?.role ?? null };
    const refusal = refusalToShare(outlook, { takesOver: true });
    const name = by?.name ?? '';
    const hint = by ? text('board.over', { name }) : text('board.openHint');
    return (
      <>
        <MenuLine
          icon={<IconChalkboard {...icon} />}
          label={text('board.open')}
          hint={refusal ? localize(controlRefusals[refusal], language) : hint}
          isDisabled={refusal !== null}
          onPress={() => (by && by !== own ? setIsAsking(true) : act({ kind: 'openWhiteboard', takesOver: false }))}
        />
        {isAsking ? (
          <TakeOver
            from={name}
            onAnswer={(takesOver) => {
              if (takesOver) act({ kind: 'openWhiteboard', takesOver });
              else setIsAsking(false);
            }}
          />
        ) : null}
      </>
    );
  }
  const { participantId } = content;
  if (participantId !== own.participantId && !mayControl(own.role, 'stopShare')) return null;
  return (
    <MenuLine
      icon={<IconChalkboardOff {...icon} />}
      label={text('board.closeLine')}
      hint={text('board.closeHint')}
      onPress={() => act({ kind: 'stopShare', participantId })}
    />
  );
}

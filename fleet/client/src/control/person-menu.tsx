import { controlRefusals } from '@anteroom/shared/meeting/control.ts';
import { choicesFor, type PersonChoice } from '@anteroom/shared/meeting/people.ts';
import type { RosterEntry } from '@anteroom/shared/signalling/messages.ts';
import { localize } from '@anteroom/shared/text.ts';
import { useLanguage } from '@anteroom/ui/i18n/language.tsx';
import { choiceIcons } from '@anteroom/ui/marks/choice-icons.ts';
import { IconPinned, IconPinnedOff } from '@tabler/icons-react';
import { useState } from 'react';
import { viewTexts } from '../meeting/locales/texts.ts';
import { StopShareLine } from '../sharing/stop-share-line.tsx';
import { controlTexts } from './locales/texts.ts';
import { MenuLine, MenuLines, Overlay } from './overlay.tsx';
import { ConfirmPerson, RenamePerson } from './person-questions.tsx';
import { useSeat } from './seat.tsx';

/** What one may do to this person; what cannot be taken back is asked once more. */
export function PersonMenu({ entry, anchor, onClose }: { entry: RosterEntry; anchor: DOMRect; onClose: () => void }) {
  const text = controlTexts.useText();
  const { language } = useLanguage();
  const { client, own, control } = useSeat();
  const [asked, setAsked] = useState<'rename' | 'handOver' | 'remove' | null>(null);
  if (!own) return null;
  if (asked === 'rename') return <RenamePerson entry={entry} onClose={onClose} />;
  if (asked) return <ConfirmPerson entry={entry} verb={asked} onClose={onClose} />;
  const press = ({ action }: PersonChoice) => {
    if (action.kind === 'rename' || action.kind === 'handOver' || action.kind === 'remove') {
      setAsked(action.kind);
      return;
    }
    onClose();
    control.act(action).catch((error: unknown) => reportError(error));
  };
  const hintOf = ({ name, refusal }: PersonChoice) => {
    if (refusal) return localize(controlRefusals[refusal], language);
    return name === 'hangUp' ? text('do.hangUpHint') : null;
  };
  return (
    <Overlay title={entry.name} anchor={anchor} onClose={onClose}>
      <MenuLines>
        {own.participantId === entry.participantId ? null : <PinLine entry={entry} onClose={onClose} />}
        <StopShareLine sharer={entry} onClose={onClose} />
        {choicesFor(own, entry, client.talk.controls).map((choice) => {
          const Icon = choiceIcons[choice.name];
          return (
            <MenuLine
              key={choice.name}
              icon={<Icon size={20} stroke={1.75} aria-hidden="true" />}
              label={text(`do.${choice.name}`)}
              hint={hintOf(choice)}
              isDisabled={choice.refusal !== null}
              isSevere={choice.name === 'remove'}
              onPress={() => press(choice)}
            />
          );
        })}
      </MenuLines>
    </Overlay>
  );
}

/** Large for oneself alone. */
function PinLine({ entry, onClose }: { entry: RosterEntry; onClose: () => void }) {
  const text = viewTexts.useText();
  const { view } = useSeat();
  const isPinned = view.pinnedId === entry.participantId;
  const Icon = isPinned ? IconPinnedOff : IconPinned;
  return (
    <MenuLine
      icon={<Icon size={20} stroke={1.75} aria-hidden="true" />}
      label={text(isPinned ? 'pin.offLine' : 'pin.onLine')}
      hint={isPinned ? null : text('pin.onHint')}
      onPress={() => {
        view.pin(isPinned ? null : entry.participantId);
        onClose();
      }}
    />
  );
}

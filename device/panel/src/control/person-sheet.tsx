import { controlRefusals } from '@anteroom/shared/meeting/control.ts';
import { type ChoiceName, choicesFor, type PersonChoice } from '@anteroom/shared/meeting/people.ts';
import type { RosterEntry } from '@anteroom/shared/signalling/messages.ts';
import { localize } from '@anteroom/shared/text.ts';
import { useLanguage } from '@anteroom/ui/i18n/language.tsx';
import { choiceIcons } from '@anteroom/ui/marks/choice-icons.ts';
import { useState } from 'react';
import { useControlText } from '../locales/control/texts.ts';
import { TouchButton } from '../parts/touch-button.tsx';
import { type InMeeting, ownEntry } from './hosting.ts';
import { Question, Sheet, StepButton } from './sheet.tsx';

/** Names that somebody is to have in the meeting are for the client and the console. */
type Offered = Exclude<ChoiceName, 'rename'>;

type OfferedChoice = PersonChoice & { name: Offered };

/** What this room may do to somebody on its list; nothing for a room that does not host. */
export function offeredTo(call: InMeeting, entry: RosterEntry): OfferedChoice[] {
  const own = ownEntry(call);
  if (!own) return [];
  return choicesFor(own, entry, call.controls).filter((choice): choice is OfferedChoice => choice.name !== 'rename');
}

/** One participant: each choice is one touch, and what cannot be taken back is asked once more. */
export function PersonSheet({ call, entry, onClose }: { call: InMeeting; entry: RosterEntry; onClose: () => void }) {
  const [asked, setAsked] = useState<OfferedChoice | null>(null);
  if (asked) return <ConfirmPerson entry={entry} choice={asked} onNo={() => setAsked(null)} onClose={onClose} />;
  return (
    <Sheet title={entry.name} onClose={onClose}>
      <div className="sheet-grid">
        {offeredTo(call, entry).map((choice) => (
          <Choice key={choice.name} choice={choice} onAsk={() => setAsked(choice)} onClose={onClose} />
        ))}
      </div>
    </Sheet>
  );
}

function Choice({ choice, onAsk, onClose }: { choice: OfferedChoice; onAsk: () => void; onClose: () => void }) {
  const text = useControlText();
  const { language } = useLanguage();
  const { name, action, refusal } = choice;
  const Icon = choiceIcons[name];
  const icon = <Icon aria-hidden="true" stroke={1.75} />;
  const label = text(`do.${name}`);
  if (name !== 'remove' && name !== 'handOver')
    return <TouchButton touch={{ kind: 'control', action }} icon={icon} label={label} onTouched={onClose} />;
  return (
    <StepButton
      icon={icon}
      label={label}
      tone={name === 'remove' ? 'fault' : 'plain'}
      reason={refusal && localize(controlRefusals[refusal], language)}
      onPress={onAsk}
    />
  );
}

type ConfirmProps = { entry: RosterEntry; choice: OfferedChoice; onNo: () => void; onClose: () => void };

function ConfirmPerson({ entry: { name }, choice, onNo, onClose }: ConfirmProps) {
  const text = useControlText();
  const isRemoval = choice.name === 'remove';
  return (
    <Sheet title={text(isRemoval ? 'remove.title' : 'handOver.title', { name })} onClose={onClose}>
      <Question next={isRemoval ? text('remove.next') : text('handOver.next', { name })} onNo={onNo}>
        <TouchButton
          touch={{ kind: 'control', action: choice.action }}
          tone={isRemoval ? 'fault' : 'primary'}
          label={text(isRemoval ? 'do.remove' : 'handOver.yes')}
          onTouched={onClose}
        />
      </Question>
    </Sheet>
  );
}

import { orderPeople } from '@anteroom/shared/meeting/people.ts';
import type { RosterEntry } from '@anteroom/shared/signalling/messages.ts';
import { IconDoorExit, IconUserShare, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useControlText } from '../locales/control/texts.ts';
import { TouchButton } from '../parts/touch-button.tsx';
import { usePanel } from '../state/panel-context.tsx';
import type { InMeeting } from './hosting.ts';
import { Question, Sheet, StepButton } from './sheet.tsx';

const stroke = { 'aria-hidden': true, stroke: 1.75 } as const;

/** The host's ways out: alone, with the role in somebody's hands, or with everybody. */
export function LeaveSheet({ call, onClose }: { call: InMeeting; onClose: () => void }) {
  const text = useControlText();
  const [step, setStep] = useState<'ways' | 'handOver' | 'end'>('ways');
  if (step === 'handOver') return <HandOver call={call} onClose={onClose} />;
  if (step === 'end') return <EndForAll onNo={() => setStep('ways')} onClose={onClose} />;
  return (
    <Sheet title={text('leave.title')} onClose={onClose}>
      <div className="sheet-rows">
        <TouchButton
          touch={{ kind: 'leave' }}
          icon={<IconDoorExit {...stroke} />}
          label={text('leave.only')}
          note={text('leave.onlyNext')}
          onTouched={onClose}
        />
        <StepButton
          icon={<IconUserShare {...stroke} />}
          label={text('leave.handOver')}
          note={text('leave.handOverNext')}
          reason={othersIn(call).length === 0 ? text('leave.handOverNobody') : null}
          onPress={() => setStep('handOver')}
        />
        <StepButton
          icon={<IconX {...stroke} />}
          label={text('leave.all')}
          note={text('leave.allNext')}
          tone="fault"
          reason={null}
          onPress={() => setStep('end')}
        />
      </div>
    </Sheet>
  );
}

function HandOver({ call, onClose }: { call: InMeeting; onClose: () => void }) {
  const text = useControlText();
  const { touch } = usePanel();
  const handOver = async ({ participantId }: RosterEntry) => {
    onClose();
    // Whoever is not host yet cannot be left with the meeting: a refusal is shown, and this room stays.
    if (await touch({ kind: 'control', action: { kind: 'handOver', participantId } })) await touch({ kind: 'leave' });
  };
  return (
    <Sheet title={text('leave.handOverWho')} onClose={onClose}>
      <p className="lead">{text('leave.handOverWhoNext')}</p>
      <div className="sheet-grid">
        {othersIn(call).map((entry) => (
          <StepButton
            key={entry.participantId}
            icon={<IconUserShare {...stroke} />}
            label={entry.name}
            reason={null}
            onPress={() => void handOver(entry)}
          />
        ))}
      </div>
    </Sheet>
  );
}

function EndForAll({ onNo, onClose }: { onNo: () => void; onClose: () => void }) {
  const text = useControlText();
  return (
    <Sheet title={text('leave.allSure')} onClose={onClose}>
      <Question next={text('leave.allNext')} onNo={onNo}>
        <TouchButton
          touch={{ kind: 'control', action: { kind: 'end' } }}
          tone="fault"
          label={text('leave.all')}
          onTouched={onClose}
        />
      </Question>
    </Sheet>
  );
}

/** Who could host instead. */
function othersIn({ roster, ownParticipantId }: InMeeting): RosterEntry[] {
  return orderPeople(roster).filter(({ participantId }) => participantId !== ownParticipantId);
}

import { orderPeople } from '@anteroom/shared/meeting/people.ts';
import { IconDoorExit, IconUserShare, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { Answers } from './answers.tsx';
import { controlTexts } from './locales/texts.ts';
import { MenuLine, MenuLines, Overlay } from './overlay.tsx';
import { PersonPicker } from './person-picker.tsx';
import { useSeat } from './seat.tsx';

const icon = { size: 20, stroke: 1.75, 'aria-hidden': true } as const;

/** A host's ways out: alone, with the role in somebody's hands, or with everybody. */
export function LeaveMenu({
  anchor,
  onLeave,
  onClose,
}: {
  anchor: DOMRect | null;
  onLeave: () => void;
  onClose: () => void;
}) {
  const text = controlTexts.useText();
  const { client } = useSeat();
  const [step, setStep] = useState<'menu' | 'handOver' | 'end'>('menu');
  if (step === 'handOver') return <HandOver onLeave={onLeave} onClose={onClose} />;
  if (step === 'end') return <EndForAll onClose={onClose} />;
  const isAlone = client.roster.length < 2;
  return (
    <Overlay title={text('leave.title')} anchor={anchor} onClose={onClose}>
      <MenuLines>
        <MenuLine
          icon={<IconDoorExit {...icon} />}
          label={text('leave.only')}
          hint={text('leave.onlyNext')}
          onPress={onLeave}
        />
        <MenuLine
          icon={<IconUserShare {...icon} />}
          label={text('leave.handOver')}
          hint={text(isAlone ? 'leave.handOverNobody' : 'leave.handOverHint')}
          isDisabled={isAlone}
          onPress={() => setStep('handOver')}
        />
        <MenuLine
          icon={<IconX {...icon} />}
          label={text('leave.all')}
          hint={text('leave.allNext')}
          isSevere
          onPress={() => setStep('end')}
        />
      </MenuLines>
    </Overlay>
  );
}

function HandOver({ onLeave, onClose }: { onLeave: () => void; onClose: () => void }) {
  const text = controlTexts.useText();
  const { client, control } = useSeat();
  const [chosenId, setChosenId] = useState<string | null>(null);
  const people = orderPeople(client.roster).filter(({ participantId }) => participantId !== client.participantId);
  const chosen = people.find(({ participantId }) => participantId === chosenId);
  const handOver = async () => {
    if (!chosen) return;
    onClose();
    if (await control.act({ kind: 'handOver', participantId: chosen.participantId })) onLeave();
  };
  return (
    <Overlay title={text('leave.handOverNext')} anchor={null} onClose={onClose}>
      <div className="question">
        <PersonPicker people={people} chosenId={chosenId} onChoose={setChosenId} />
        <Answers
          yes={text('leave.handOverYes')}
          isDisabled={!chosen}
          onNo={onClose}
          onYes={() => {
            handOver().catch((error: unknown) => reportError(error));
          }}
        />
      </div>
    </Overlay>
  );
}

function EndForAll({ onClose }: { onClose: () => void }) {
  const text = controlTexts.useText();
  const { control } = useSeat();
  return (
    <Overlay title={text('leave.allSure')} anchor={null} onClose={onClose}>
      <div className="question">
        <p className="t2">{text('leave.allNext')}</p>
        <Answers
          yes={text('leave.allYes')}
          tone="severe"
          onNo={onClose}
          onYes={() => {
            onClose();
            control.act({ kind: 'end' }).catch((error: unknown) => reportError(error));
          }}
        />
      </div>
    </Overlay>
  );
}

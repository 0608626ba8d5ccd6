import { IconDoorExit, IconUserShare, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { controlTexts } from './locales/texts.ts';
import { MenuLine, MenuLines, Overlay } from './overlay.tsx';
import { orderPeople } from './people.ts';
import { PersonPicker } from './person-picker.tsx';
import { useSeat } from './seat.tsx';

const icon = { size: 20, stroke: 1.75, 'aria-hidden': true } as const;

/** A host's ways out: alone, with the role in somebody's hands, or with everybody. */
export function LeaveMenu({ anchor, onLeave, onClose }: { anchor: DOMRect; onLeave: () => void; onClose: () => void }) {
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
        <div className="question-acts">
          <button type="button" className="button" onClick={onClose}>
            {text('confirm.no')}
          </button>
          <button
            type="button"
            className="button primary"
            disabled={!chosen}
            onClick={() => {
              handOver().catch((error: unknown) => reportError(error));
            }}
          >
            {text('leave.handOverYes')}
          </button>
        </div>
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
        <div className="question-acts">
          <button type="button" className="button" onClick={onClose}>
            {text('confirm.no')}
          </button>
          <button
            type="button"
            className="button severe"
            onClick={() => {
              onClose();
              control.act({ kind: 'end' }).catch((error: unknown) => reportError(error));
            }}
          >
            {text('leave.allYes')}
          </button>
        </div>
      </div>
    </Overlay>
  );
}

import { mayControl } from '@anteroom/shared/meeting/control.ts';
import { IconLink, IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { Overlay } from '../control/overlay.tsx';
import { useSeat } from '../control/seat.tsx';
import { AddPeople } from './add-people.tsx';
import { InviteLink } from './invite-link.tsx';
import { callingTexts } from './locales/texts.ts';

const icon = { size: 18, stroke: 1.75, 'aria-hidden': true } as const;

/** Hosts call others in; everybody else passes the invitation on. */
export function AddButton() {
  const text = callingTexts.useText();
  const { client, own } = useSeat();
  const [isOpen, setIsOpen] = useState(false);
  const close = () => setIsOpen(false);
  const canCall = own !== null && mayControl(own.role, 'call');
  return (
    <>
      <button type="button" className="small-button" aria-haspopup="dialog" onClick={() => setIsOpen(true)}>
        {canCall ? <IconUserPlus {...icon} /> : <IconLink {...icon} />}
        {text(canCall ? 'add.open' : 'invite.open')}
      </button>
      {isOpen && canCall ? <AddPeople onClose={close} /> : null}
      {isOpen && !canCall ? (
        <Overlay title={text('invite.title')} anchor={null} onClose={close}>
          <div className="question">
            <InviteLink number={client.meeting.number} isLocked={client.talk.controls.isLocked} />
          </div>
        </Overlay>
      ) : null}
    </>
  );
}

import type { ControlAction } from '@anteroom/shared/meeting/control.ts';
import {
  IconLock,
  IconLockOpen,
  IconMicrophone,
  IconMicrophoneOff,
  IconScreenShare,
  IconScreenShareOff,
} from '@tabler/icons-react';
import { useState } from 'react';
import { Answers } from './answers.tsx';
import { controlTexts } from './locales/texts.ts';
import { Overlay } from './overlay.tsx';
import { useSeat } from './seat.tsx';

const icon = { size: 18, stroke: 1.75, 'aria-hidden': true } as const;

/** What hosts do to everybody at once. */
export function HostActions() {
  const text = controlTexts.useText();
  const { client, control } = useSeat();
  const [isAsking, setIsAsking] = useState(false);
  const { isLocked, canShare } = client.talk.controls;
  const act = (action: ControlAction) => {
    control.act(action).catch((error: unknown) => reportError(error));
  };
  return (
    <div className="host-actions">
      <button type="button" className="small-button" aria-haspopup="dialog" onClick={() => setIsAsking(true)}>
        <IconMicrophoneOff {...icon} />
        {text('muteAll.yes')}
      </button>
      <button type="button" className="small-button" onClick={() => act({ kind: 'unmuteAll' })}>
        <IconMicrophone {...icon} />
        {text('unmuteAll.yes')}
      </button>
      <button type="button" className="small-button" onClick={() => act({ kind: 'lock', isLocked: !isLocked })}>
        {isLocked ? <IconLockOpen {...icon} /> : <IconLock {...icon} />}
        {text(isLocked ? 'lock.unlock' : 'lock.lock')}
      </button>
      <button
        type="button"
        className="small-button"
        onClick={() => act({ kind: 'allowSharing', isAllowed: !canShare })}
      >
        {canShare ? <IconScreenShareOff {...icon} /> : <IconScreenShare {...icon} />}
        {text(canShare ? 'share.onlyHosts' : 'share.everybody')}
      </button>
      {isAsking ? <MuteAll onMute={act} onClose={() => setIsAsking(false)} /> : null}
    </div>
  );
}

function MuteAll({ onMute, onClose }: { onMute: (action: ControlAction) => void; onClose: () => void }) {
  const text = controlTexts.useText();
  const [canUnmute, setCanUnmute] = useState(true);
  return (
    <Overlay title={text('muteAll.title')} anchor={null} onClose={onClose}>
      <div className="question">
        <p className="t2">{text('muteAll.next')}</p>
        <label className="tick-line">
          <input type="checkbox" checked={canUnmute} onChange={(event) => setCanUnmute(event.target.checked)} />
          {text('muteAll.can')}
        </label>
        <Answers
          yes={text('muteAll.yes')}
          onNo={onClose}
          onYes={() => {
            onClose();
            onMute({ kind: 'muteAll', canUnmute });
          }}
        />
      </div>
    </Overlay>
  );
}

import { type ControlAction, reactions } from '@anteroom/shared/meeting/control.ts';
import { reactionIcons } from '@anteroom/ui/marks/reaction-icons.ts';
import {
  IconAdjustments,
  IconHandOff,
  IconHandStop,
  IconKeyboard,
  IconMessage,
  IconStethoscope,
} from '@tabler/icons-react';
import { texts } from '../locales/texts.ts';
import { NetworkLine } from '../network/network-line.tsx';
import { PipLine } from '../pip/pip-line.tsx';
import { ShareLine } from '../sharing/share-line.tsx';
import { shortcutTexts } from '../shortcuts/locales/texts.ts';
import { WhiteboardLine } from '../whiteboard/whiteboard-line.tsx';
import { controlTexts } from './locales/texts.ts';
import { MenuLine, MenuLines, Overlay } from './overlay.tsx';
import { useSeat } from './seat.tsx';

const icon = { size: 22, stroke: 1.75, 'aria-hidden': true } as const;

/** Devices and what to do about trouble with them; on a phone also chat, hand, sharing and reactions. */
export function MoreMenu({
  anchor,
  onDevices,
  onShortcuts,
  onNetwork,
  onClose,
}: {
  anchor: DOMRect;
  onDevices: () => void;
  onShortcuts: () => void;
  onNetwork: () => void;
  onClose: () => void;
}) {
  const text = controlTexts.useText();
  const clientText = texts.useText();
  const shortcutText = shortcutTexts.useText();
  const { own, control } = useSeat();
  const isRaised = own !== null && own.handRaisedAt !== null;
  const act = (action: ControlAction) => {
    onClose();
    control.act(action).catch((error: unknown) => reportError(error));
  };
  return (
    <Overlay title={text('more.title')} anchor={anchor} onClose={onClose}>
      <MenuLines>
        <div className="narrow-lines">
          <MenuLine
            icon={<IconMessage {...icon} />}
            label={text('chat.title')}
            hint={control.unread > 0 ? text('chat.unread', { count: control.unread }) : null}
            onPress={() => {
              onClose();
              control.setPanel('chat');
            }}
          />
          <MenuLine
            icon={isRaised ? <IconHandOff {...icon} /> : <IconHandStop {...icon} />}
            label={text(isRaised ? 'hand.lower' : 'hand.raise')}
            onPress={() => act({ kind: 'raiseHand', isRaised: !isRaised })}
          />
          <ShareLine onClose={onClose} />
          <NetworkLine onPress={onNetwork} />
        </div>
        <WhiteboardLine onClose={onClose} />
        <PipLine onClose={onClose} />
        <MenuLine
          icon={<IconAdjustments {...icon} />}
          label={clientText('devices.title')}
          hint={clientText('devices.hint')}
          onPress={onDevices}
        />
        <div className="wide-only">
          <MenuLine
            icon={<IconKeyboard {...icon} />}
            label={shortcutText('title')}
            hint={shortcutText('hint')}
            onPress={onShortcuts}
          />
        </div>
        <MenuLine
          icon={<IconStethoscope {...icon} />}
          label={clientText('check.link')}
          hint={clientText('check.linkHint')}
          onPress={() => {
            onClose();
            // The meeting stays open behind it.
            open('/m/check', '_blank', 'noopener');
          }}
        />
      </MenuLines>
      <fieldset className="reaction-row">
        <legend className="visually-hidden">{text('react.open')}</legend>
        {reactions.map((reaction) => {
          const Icon = reactionIcons[reaction];
          return (
            <button
              key={reaction}
              type="button"
              className="plain-control"
              aria-label={text(`react.${reaction}`)}
              onClick={() => act({ kind: 'react', reaction })}
            >
              <Icon size={26} stroke={1.75} aria-hidden="true" />
            </button>
          );
        })}
      </fieldset>
    </Overlay>
  );
}

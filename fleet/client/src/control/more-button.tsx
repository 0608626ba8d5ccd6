import { IconDots } from '@tabler/icons-react';
import { useState } from 'react';
import { controlTexts } from './locales/texts.ts';
import { Parts } from './parts-loader.tsx';
import { useSeat } from './seat.tsx';
import { UnreadMark } from './unread-mark.tsx';

/** What has no room among the controls. */
export function MoreButton() {
  const text = controlTexts.useText();
  const { control } = useSeat();
  const [anchor, setAnchor] = useState<DOMRect | null>(null);
  const [dialog, setDialog] = useState<'devices' | 'shortcuts' | 'network' | null>(null);
  const openDialog = (which: typeof dialog) => {
    setAnchor(null);
    setDialog(which);
  };
  return (
    <>
      <button
        type="button"
        className="control"
        aria-haspopup="dialog"
        onClick={(event) => setAnchor(event.currentTarget.getBoundingClientRect())}
      >
        <IconDots size={24} stroke={1.75} aria-hidden="true" />
        <span className="control-words">{text('more.title')}</span>
        <span className="narrow-lines">
          <UnreadMark count={control.unread} />
        </span>
      </button>
      {anchor ? (
        <Parts>
          {({ MoreMenu }) => (
            <MoreMenu
              anchor={anchor}
              onDevices={() => openDialog('devices')}
              onShortcuts={() => openDialog('shortcuts')}
              onNetwork={() => openDialog('network')}
              onClose={() => setAnchor(null)}
            />
          )}
        </Parts>
      ) : null}
      {dialog === 'devices' ? (
        <Parts>{({ DevicesDialog }) => <DevicesDialog onClose={() => setDialog(null)} />}</Parts>
      ) : null}
      {dialog === 'shortcuts' ? (
        <Parts>{({ ShortcutsDialog }) => <ShortcutsDialog onClose={() => setDialog(null)} />}</Parts>
      ) : null}
      {dialog === 'network' ? (
        <Parts>{({ NetworkDialog }) => <NetworkDialog onClose={() => setDialog(null)} />}</Parts>
      ) : null}
    </>
  );
}

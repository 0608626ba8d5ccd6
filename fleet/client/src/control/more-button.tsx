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
  const [hasDevices, setHasDevices] = useState(false);
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
              onDevices={() => {
                setAnchor(null);
                setHasDevices(true);
              }}
              onClose={() => setAnchor(null)}
            />
          )}
        </Parts>
      ) : null}
      {hasDevices ? (
        <Parts>{({ DevicesDialog }) => <DevicesDialog onClose={() => setHasDevices(false)} />}</Parts>
      ) : null}
    </>
  );
}

import { IconEye, IconVideo, IconVideoOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useText } from '../locales/texts.ts';
import { usePanel } from '../state/panel-context.tsx';
import { PolledPicture } from './polled-picture.tsx';
import './self-view.css';

/** Four pictures a second are enough to sit straight by, and little work for the terminal. */
const everyMs = 250;

/** What the far end sees of this room, or words when there is nothing to see or no picture of it. */
export function SelfView({ isCameraOn }: { isCameraOn: boolean }) {
  const text = useText();
  const { hasSelfPreview } = usePanel().state;
  if (!isCameraOn) return <Blank icon={<IconVideoOff aria-hidden="true" stroke={1.5} />}>{text('call.selfOff')}</Blank>;
  if (!hasSelfPreview)
    return <Blank icon={<IconVideo aria-hidden="true" stroke={1.5} />}>{text('call.selfNone')}</Blank>;
  return (
    <figure className="self">
      <PolledPicture
        className="self-picture"
        src="/api/self.jpg"
        everyMs={everyMs}
        label={text('call.self')}
        fallback={<p className="self-waiting">{text('call.selfStale')}</p>}
      />
      <figcaption>
        <IconEye aria-hidden="true" stroke={1.75} />
        {text('call.self')}
      </figcaption>
    </figure>
  );
}

function Blank({ icon, children }: { icon: ReactNode; children: string }) {
  return (
    <div className="self self-blank">
      {icon}
      <p>{children}</p>
    </div>
  );
}

import { mayControl } from '@anteroom/shared/meeting/control.ts';
import type { SharedContent } from '@anteroom/shared/meeting/sharing.ts';
import { IconScreenShare, IconScreenShareOff } from '@tabler/icons-react';
import { useSeat } from '../control/seat.tsx';
import { StreamVideo } from '../media/stream-video.tsx';
import type { Box } from '../meeting/stage-boxes.ts';
import { sharingTexts } from './locales/texts.ts';

/** What somebody else shares, whole, with whose it is; hosts stop it here. Its sound is in voices.tsx. */
export function ContentTile({ content, box }: { content: SharedContent; box: Box }) {
  const text = sharingTexts.useText();
  const { client, own, control } = useSeat();
  const { participantId } = content;
  const name = client.roster.find((entry) => entry.participantId === participantId)?.name ?? '';
  const label = text('tile.label', { name });
  return (
    <li className="tile content-tile" style={box}>
      {client.content ? (
        <StreamVideo stream={client.content} label={label} />
      ) : (
        <p className="content-coming">{text('tile.coming', { name })}</p>
      )}
      <span className="name-tag">
        <IconScreenShare size={17} stroke={1.75} aria-hidden="true" />
        <span className="name-words">{label}</span>
      </span>
      {own && mayControl(own.role, 'stopShare') ? (
        <span className="tile-corner">
          <button
            type="button"
            className="tile-pin content-stop"
            aria-label={text('tile.stop', { name })}
            title={text('tile.stop', { name })}
            onClick={() => {
              control.act({ kind: 'stopShare', participantId }).catch((error: unknown) => reportError(error));
            }}
          >
            <IconScreenShareOff size={20} stroke={1.75} aria-hidden="true" />
          </button>
        </span>
      ) : null}
    </li>
  );
}

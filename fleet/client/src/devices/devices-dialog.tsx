import { IconCameraRotate } from '@tabler/icons-react';
import { Overlay } from '../control/overlay.tsx';
import { texts } from '../locales/texts.ts';
import { useLocalMedia, useMediaState } from '../media/media-context.tsx';
import { canTurn } from './can-turn.ts';
import { DeviceFields } from './device-fields.tsx';

/** Microphone, camera and speaker in the middle of a meeting. What is off stays off. */
export function DevicesDialog({ onClose }: { onClose: () => void }) {
  const text = texts.useText();
  const localMedia = useLocalMedia();
  const media = useMediaState();
  return (
    <Overlay title={text('devices.title')} anchor={null} onClose={onClose}>
      <div className="devices-dialog">
        <DeviceFields hasPreview={false} />
        <div className="devices-more">
          {canTurn(media) ? (
            <button
              type="button"
              className="button"
              onClick={() => localMedia.turnCamera().catch((error: unknown) => reportError(error))}
            >
              <IconCameraRotate size={22} stroke={1.75} aria-hidden="true" />
              {text('camera.turn')}
            </button>
          ) : null}
          <a className="text-button" href="/m/check" target="_blank" rel="noopener">
            {text('check.link')}
          </a>
        </div>
      </div>
    </Overlay>
  );
}

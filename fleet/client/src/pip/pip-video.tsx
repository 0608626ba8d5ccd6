import { useEffect, useRef } from 'react';

/** Where a browser has no window of a document's own: the video of whoever speaks, with the browser's controls. */
export function PipVideo({
  stream,
  onClose,
  onFail,
}: {
  stream: MediaStream | null;
  onClose: () => void;
  /** The browser refuses it. */
  onFail: () => void;
}) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const element = video.current;
    if (!element || stream === null) return;
    element.srcObject = stream;
    // A newer stream may take its place before the first frame.
    element.play().catch(() => undefined);
  }, [stream]);
  useEffect(() => {
    const element = video.current;
    if (!element) return;
    // A video is taken only once its size is known.
    const request = () => {
      element.requestPictureInPicture().catch(onFail);
    };
    if (element.readyState >= HTMLMediaElement.HAVE_METADATA) request();
    else element.addEventListener('loadedmetadata', request, { once: true });
    element.addEventListener('leavepictureinpicture', onClose);
    return () => {
      element.removeEventListener('loadedmetadata', request);
      element.removeEventListener('leavepictureinpicture', onClose);
      if (document.pictureInPictureElement !== element) return;
      document.exitPictureInPicture().catch(() => undefined); // Closed by the person just now.
    };
  }, [onClose, onFail]);
  return <video ref={video} className="pip-source" muted playsInline aria-hidden="true" tabIndex={-1} />;
}

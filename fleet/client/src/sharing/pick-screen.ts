/** What came of asking somebody what to share. */
export type Picked =
  | { ok: true; stream: MediaStream }
  /** `cancelled`: they chose nothing, which needs no words. */
  | { ok: false; reason: 'cancelled' | 'unsupported' | 'denied' | 'failed' };

/** Phones have no such thing. */
export function canPickScreen(): boolean {
  return typeof navigator.mediaDevices?.getDisplayMedia === 'function';
}

/** Has the browser ask for a screen, window or tab, with its sound where there is any. Needs a press of a moment ago. */
export async function pickScreen(): Promise<Picked> {
  if (!canPickScreen()) return { ok: false, reason: 'unsupported' };
  try {
    const stream = await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: { max: 30 } }, audio: true });
    // Text stays sharp where it would otherwise be blurred to keep it moving.
    for (const track of stream.getVideoTracks()) track.contentHint = 'detail';
    return { ok: true, stream };
  } catch (error) {
    return { ok: false, reason: reasonOf(error) };
  }
}

/** Whether the person or the system said no is told apart by the words alone (Chromium, Firefox). */
function reasonOf(error: unknown): 'cancelled' | 'denied' | 'failed' {
  if (!(error instanceof DOMException) || error.name !== 'NotAllowedError') return 'failed';
  return /system/i.test(error.message) ? 'denied' : 'cancelled';
}

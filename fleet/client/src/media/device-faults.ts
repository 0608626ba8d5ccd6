/**
 * Why a camera or microphone is not open. `denied`: the browser or the person said no. `deniedBySystem`: the operating
 * system keeps it from the browser. `busy`: another program has it. `insecure`: the page came without TLS. `unplugged`:
 * it was open, and is gone.
 */
export type DeviceFault = 'missing' | 'denied' | 'deniedBySystem' | 'busy' | 'insecure' | 'unplugged';

/** What a failed getUserMedia means to the person (W3C Media Capture and Streams, 10.2). */
export function faultOf(error: unknown): DeviceFault {
  if (!(error instanceof DOMException)) return 'missing';
  // Chromium tells the system's no from the person's only in words.
  if (error.name === 'NotAllowedError' && /by system/i.test(error.message)) return 'deniedBySystem';
  if (error.name === 'NotAllowedError' || error.name === 'SecurityError') return 'denied';
  if (error.name === 'NotReadableError' || error.name === 'AbortError') return 'busy';
  return 'missing';
}

/** An open device ended by itself: it was unplugged, or the permission was taken back, which hides the names of all. */
export function faultOfLoss(deviceId: string | null, present: readonly MediaDeviceInfo[]): DeviceFault {
  const areNamed = present.some(({ label }) => label !== '');
  const isGone = !present.some((device) => device.deviceId === deviceId);
  return present.length === 0 || (areNamed && isGone) ? 'unplugged' : 'denied';
}

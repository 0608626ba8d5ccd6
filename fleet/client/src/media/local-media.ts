/**
 * The guest's own camera and microphone. Each is opened and fails by itself: without one, the other still works, and
 * without both a guest can still watch and listen. Does not know what is sent: that is the meeting client's.
 */
export type DeviceKind = 'microphone' | 'camera';
/** `denied`: the browser or the person said no. `busy`: another program has it. `insecure`: the page came without TLS. */
export type DeviceFault = 'missing' | 'denied' | 'busy' | 'insecure';
export type DeviceState = { isOn: boolean; isOpening: boolean; fault: DeviceFault | null; deviceId: string | null };
export type LocalMediaState = {
  /** The open tracks; a new object whenever they change. */
  stream: MediaStream;
  microphone: DeviceState;
  camera: DeviceState;
  /** What can be chosen; without permission the browser tells no names. */
  choices: Record<DeviceKind, { deviceId: string; label: string }[]>;
};

export interface LocalMedia {
  state(): LocalMediaState;
  subscribe(listener: () => void): () => void;
  /** Opens both as wanted, with one question to the person. */
  open(wanted: { microphone: boolean; camera: boolean }): Promise<void>;
  /** A camera that is off is let go, so that its light goes out; a microphone stays ready and silent. */
  set(kind: DeviceKind, isOn: boolean): Promise<void>;
  choose(kind: DeviceKind, deviceId: string): Promise<void>;
  /** Lets both go. */
  stop(): void;
}

const off: DeviceState = { isOn: false, isOpening: false, fault: null, deviceId: null };
const pictureSize = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } };
const sound = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

export function createLocalMedia({ mediaDevices }: { mediaDevices: MediaDevices | undefined }): LocalMedia {
  const listeners = new Set<() => void>();
  const tracks: Partial<Record<DeviceKind, MediaStreamTrack>> = {};
  /** Device answers that come after `stop` are let go at once. */
  let epoch = 0;
  let current: LocalMediaState = {
    stream: new MediaStream(),
    microphone: off,
    camera: off,
    choices: { microphone: [], camera: [] },
  };

  function update(change: Partial<LocalMediaState>): void {
    current = { ...current, ...change };
    for (const listener of listeners) listener();
  }

  function patch(kind: DeviceKind, change: Partial<DeviceState>): void {
    update({ [kind]: { ...current[kind], ...change } });
  }

  function restream(): void {
    update({ stream: new MediaStream([tracks.microphone, tracks.camera].filter((track) => track !== undefined)) });
  }

  function constraintsOf(kind: DeviceKind): MediaTrackConstraints {
    const { deviceId } = current[kind];
    const wanted = kind === 'camera' ? pictureSize : sound;
    return deviceId ? { ...wanted, deviceId: { exact: deviceId } } : wanted;
  }

  function take(kind: DeviceKind, track: MediaStreamTrack): void {
    drop(kind);
    tracks[kind] = track;
    track.addEventListener('ended', () => {
      if (tracks[kind] !== track) return;
      delete tracks[kind];
      restream();
      patch(kind, { isOn: false, fault: 'missing' });
    });
    patch(kind, { isOn: true, isOpening: false, fault: null, deviceId: track.getSettings().deviceId ?? null });
  }

  function drop(kind: DeviceKind): void {
    tracks[kind]?.stop();
    delete tracks[kind];
  }

  async function acquire(kinds: readonly DeviceKind[]): Promise<void> {
    if (!mediaDevices) {
      for (const kind of kinds) patch(kind, { isOn: false, fault: 'insecure' });
      return;
    }
    const during = epoch;
    for (const kind of kinds) patch(kind, { isOpening: true });
    try {
      const stream = await mediaDevices.getUserMedia({
        ...(kinds.includes('microphone') ? { audio: constraintsOf('microphone') } : {}),
        ...(kinds.includes('camera') ? { video: constraintsOf('camera') } : {}),
      });
      if (during !== epoch) {
        for (const track of stream.getTracks()) track.stop();
        return;
      }
      for (const track of stream.getTracks()) take(track.kind === 'audio' ? 'microphone' : 'camera', track);
      restream();
    } catch (error) {
      if (during !== epoch) return;
      const [kind, ...others] = kinds;
      if (kind && others.length > 0) {
        // Asked for together, one fault refuses both: ask for each alone.
        await acquire([kind]);
        await acquire(others);
        return;
      }
      if (kind) {
        drop(kind);
        restream();
        patch(kind, { isOn: false, isOpening: false, fault: faultOf(error), deviceId: null });
      }
    }
  }

  async function listChoices(): Promise<void> {
    if (!mediaDevices) return;
    const devices = await mediaDevices.enumerateDevices();
    const named = (kind: MediaDeviceKind) =>
      devices
        .filter((device) => device.kind === kind && device.deviceId !== '' && device.label !== '')
        .map(({ deviceId, label }) => ({ deviceId, label }));
    update({ choices: { microphone: named('audioinput'), camera: named('videoinput') } });
  }

  mediaDevices?.addEventListener('devicechange', () => {
    listChoices().catch((error: unknown) => reportError(error));
  });

  return {
    state: () => current,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async open({ microphone, camera }) {
      const kinds: DeviceKind[] = [];
      if (microphone) kinds.push('microphone');
      if (camera) kinds.push('camera');
      if (kinds.length > 0) await acquire(kinds);
      await listChoices();
    },
    async set(kind, isOn) {
      const track = tracks[kind];
      if (isOn && !track) {
        await acquire([kind]);
        await listChoices();
        return;
      }
      if (kind === 'camera' && !isOn) {
        drop('camera');
        restream();
      }
      if (kind === 'microphone' && track) track.enabled = isOn;
      patch(kind, { isOn });
    },
    async choose(kind, deviceId) {
      patch(kind, { deviceId });
      await acquire([kind]);
    },
    stop() {
      epoch += 1;
      drop('microphone');
      drop('camera');
      restream();
      for (const kind of ['microphone', 'camera'] as const) patch(kind, { isOn: false, isOpening: false });
    },
  };
}

/** What a failed getUserMedia means to the person (W3C Media Capture and Streams, 10.2). */
function faultOf(error: unknown): DeviceFault {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
  if (name === 'NotReadableError' || name === 'AbortError') return 'busy';
  return 'missing';
}

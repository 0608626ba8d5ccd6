import { type DeviceFault, faultOf, faultOfLoss } from './device-faults.ts';
import type { DeviceMemory } from './device-memory.ts';

/**
 * The guest's own camera and microphone, and which speaker others are heard from. Camera and microphone are opened and
 * fail by themselves: without one, the other still works, and without both a guest can still watch and listen. Does not
 * know what is sent: that is the meeting client's.
 */
export type DeviceKind = 'microphone' | 'camera';
export type ChoiceKind = DeviceKind | 'speaker';
export type DeviceState = { isOn: boolean; isOpening: boolean; fault: DeviceFault | null; deviceId: string | null };
export type DeviceChoice = { deviceId: string; label: string };
/** Which way a phone's camera looks: at the person, or away. */
export type Facing = 'user' | 'environment';
export type LocalMediaState = {
  /** The open tracks; a new object whenever they change. */
  stream: MediaStream;
  microphone: DeviceState;
  camera: DeviceState;
  /** Null where the open camera does not say, as a computer's does not. */
  facing: Facing | null;
  /** Null for the one that the system uses. */
  speakerId: string | null;
  canChooseSpeaker: boolean;
  /** What can be chosen; without permission the browser tells no names. */
  choices: Record<ChoiceKind, DeviceChoice[]>;
};

export interface LocalMedia {
  state(): LocalMediaState;
  subscribe(listener: () => void): () => void;
  /** Opens both as wanted, with one question to the person. */
  open(wanted: { microphone: boolean; camera: boolean }): Promise<void>;
  /** A camera that is off is let go, so that its light goes out; a microphone stays ready and silent. */
  set(kind: DeviceKind, isOn: boolean): Promise<void>;
  /** Remembered in this browser. What is off stays off. */
  choose(kind: ChoiceKind, deviceId: string): Promise<void>;
  /** A phone's other camera. */
  turnCamera(): Promise<void>;
  /** Lets both go. */
  stop(): void;
}

export type LocalMediaDeps = {
  mediaDevices: MediaDevices | undefined;
  memory: DeviceMemory;
  /** Whether this browser can play on another speaker than the system's. */
  canChooseSpeaker: boolean;
};

const off: DeviceState = { isOn: false, isOpening: false, fault: null, deviceId: null };
const pictureSize = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } };
const sound = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

export function createLocalMedia({ mediaDevices, memory, canChooseSpeaker }: LocalMediaDeps): LocalMedia {
  const listeners = new Set<() => void>();
  const tracks: Partial<Record<DeviceKind, MediaStreamTrack>> = {};
  /** Device answers that come after `stop` are let go at once. */
  let epoch = 0;
  let current: LocalMediaState = {
    stream: new MediaStream(),
    microphone: off,
    camera: off,
    facing: null,
    speakerId: null,
    canChooseSpeaker,
    choices: { microphone: [], camera: [], speaker: [] },
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

  function constraintsOf(kind: DeviceKind, which: MediaTrackConstraints | undefined): MediaTrackConstraints {
    const own = memory.read()[kind] ?? current[kind].deviceId;
    // What was chosen once need not be there today: then another one is better than none.
    const usual = own ? { deviceId: { ideal: own } } : {};
    return { ...(kind === 'camera' ? pictureSize : sound), ...(which ?? usual) };
  }

  function take(kind: DeviceKind, track: MediaStreamTrack, isOn: boolean): void {
    drop(kind);
    tracks[kind] = track;
    track.enabled = isOn;
    track.addEventListener('ended', () => {
      if (tracks[kind] === track) lose(kind).catch((error: unknown) => reportError(error));
    });
    const { deviceId, facingMode } = track.getSettings();
    if (kind === 'camera')
      update({ facing: facingMode === 'user' || facingMode === 'environment' ? facingMode : null });
    patch(kind, { isOn, isOpening: false, fault: null, deviceId: deviceId ?? null });
  }

  function drop(kind: DeviceKind): void {
    tracks[kind]?.stop();
    delete tracks[kind];
  }

  /** A microphone gives way to another one; a camera does not: nobody shows a room that they did not mean to show. */
  async function lose(kind: DeviceKind): Promise<void> {
    const { isOn, deviceId } = current[kind];
    drop(kind);
    restream();
    const present = await listDevices();
    patch(kind, { isOn: false, fault: faultOfLoss(deviceId, present.filter(isOfKind[kind])) });
    if (kind === 'microphone' && current.choices.microphone.length > 0) await acquire([kind], { isOn });
  }

  async function acquire(
    kinds: readonly DeviceKind[],
    { isOn = true, which }: { isOn?: boolean; which?: MediaTrackConstraints } = {},
  ): Promise<void> {
    if (!mediaDevices) {
      for (const kind of kinds) patch(kind, { isOn: false, fault: 'insecure' });
      return;
    }
    const during = epoch;
    for (const kind of kinds) patch(kind, { isOpening: true });
    try {
      const stream = await mediaDevices.getUserMedia({
        ...(kinds.includes('microphone') ? { audio: constraintsOf('microphone', which) } : {}),
        ...(kinds.includes('camera') ? { video: constraintsOf('camera', which) } : {}),
      });
      if (during !== epoch) {
        for (const track of stream.getTracks()) track.stop();
        return;
      }
      for (const track of stream.getTracks()) take(track.kind === 'audio' ? 'microphone' : 'camera', track, isOn);
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

  async function listDevices(): Promise<MediaDeviceInfo[]> {
    if (!mediaDevices) return [];
    const devices = await mediaDevices.enumerateDevices();
    const named = (kind: ChoiceKind) =>
      devices
        .filter((device) => isOfKind[kind](device) && device.deviceId !== '' && device.label !== '')
        .map(({ deviceId, label }) => ({ deviceId, label }));
    const choices = { microphone: named('microphone'), camera: named('camera'), speaker: named('speaker') };
    update({ choices, speakerId: presentOne(choices.speaker, memory.read().speaker) });
    return devices;
  }

  /** Something was plugged in or out. A new one ends the trouble of its kind; the chosen microphone is used again. */
  async function followDevices(): Promise<void> {
    const before = current.choices;
    await listDevices();
    for (const kind of ['microphone', 'camera'] as const) {
      const { fault } = current[kind];
      const hasNew = current.choices[kind].some(({ deviceId }) => presentOne(before[kind], deviceId) === null);
      if (hasNew && (fault === 'missing' || fault === 'unplugged')) patch(kind, { fault: null });
    }
    const chosen = presentOne(current.choices.microphone, memory.read().microphone);
    const { deviceId, isOn } = current.microphone;
    if (tracks.microphone && chosen !== null && chosen !== deviceId) await acquire(['microphone'], { isOn });
  }
  mediaDevices?.addEventListener('devicechange', () => {
    followDevices().catch((error: unknown) => reportError(error));
  });

  /** Phones open one camera at a time, so the one before is let go first. */
  async function openCamera(which: MediaTrackConstraints): Promise<void> {
    drop('camera');
    await acquire(['camera'], { which });
  }

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
      await listDevices();
    },
    async set(kind, isOn) {
      const track = tracks[kind];
      if (isOn && !track) {
        await acquire([kind]);
        await listDevices();
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
      memory.remember(kind, deviceId);
      if (kind === 'speaker') {
        update({ speakerId: presentOne(current.choices.speaker, deviceId) });
        return;
      }
      patch(kind, { deviceId });
      if (!tracks[kind]) return;
      const which = { deviceId: { exact: deviceId } };
      if (kind === 'camera') await openCamera(which);
      else await acquire([kind], { isOn: current.microphone.isOn, which });
    },
    async turnCamera() {
      const facingMode: Facing = current.facing === 'user' ? 'environment' : 'user';
      await openCamera({ facingMode });
      const { deviceId } = current.camera;
      if (deviceId !== null) memory.remember('camera', deviceId);
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

const isOfKind: Record<ChoiceKind, (device: MediaDeviceInfo) => boolean> = {
  microphone: ({ kind }) => kind === 'audioinput',
  camera: ({ kind }) => kind === 'videoinput',
  speaker: ({ kind }) => kind === 'audiooutput',
};

function presentOne(choices: readonly DeviceChoice[], deviceId: string | undefined): string | null {
  return choices.some((choice) => choice.deviceId === deviceId) ? (deviceId ?? null) : null;
}

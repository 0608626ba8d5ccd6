import { z } from 'zod';
import type { AudioProcessorCommand } from '../ports/audio-processor.ts';
import type { CameraCommand } from '../ports/camera.ts';
import type { DisplayCommand } from '../ports/display.ts';
import type { RoomDevice } from '../ports/room-device.ts';
import type { RoomIoCommand } from '../ports/room-io.ts';
import type { SwitcherCommand } from '../ports/switcher.ts';

/** Words of somebody who tries a device, as `setInput hdmi1`: what they ask of it. */
export type Wish = { kind: 'ask' } | { kind: 'run'; run: (options: { signal: AbortSignal }) => Promise<void> };

const toggle = z.enum(['on', 'off']).transform((word) => word === 'on');
const number = z.coerce.number();
const setPower = z.tuple([toggle]).transform(([isOn]) => ({ kind: 'setPower' as const, isOn }));

/** What follows each verb. */
type Grammar<Command> = Readonly<Record<string, z.ZodType<Command>>>;

const cameraWords: Grammar<CameraCommand> = {
  setPower,
  move: z
    .tuple([number.min(-1).max(1), number.min(-1).max(1)])
    .transform(([panSpeed, tiltSpeed]) => ({ kind: 'move' as const, panSpeed, tiltSpeed })),
  zoom: z.tuple([number.min(-1).max(1)]).transform(([zoomSpeed]) => ({ kind: 'zoom' as const, zoomSpeed })),
  stop: z.tuple([]).transform(() => ({ kind: 'stop' as const })),
  moveTo: z.tuple([number, number]).transform(([panDeg, tiltDeg]) => ({ kind: 'moveTo' as const, panDeg, tiltDeg })),
  zoomTo: z.tuple([number.min(0).max(1)]).transform(([zoom]) => ({ kind: 'zoomTo' as const, zoom })),
  home: z.tuple([]).transform(() => ({ kind: 'home' as const })),
  setPreset: z.tuple([number.int()]).transform(([preset]) => ({ kind: 'setPreset' as const, preset })),
  recallPreset: z.tuple([number.int()]).transform(([preset]) => ({ kind: 'recallPreset' as const, preset })),
  setFocus: z.tuple([z.enum(['auto', 'manual'])]).transform(([focus]) => ({ kind: 'setFocus' as const, focus })),
};

const displayWords: Grammar<DisplayCommand> = {
  setPower,
  setInput: z.tuple([z.string()]).transform(([input]) => ({ kind: 'setInput' as const, input })),
  setVolume: z.tuple([number.min(0).max(1)]).transform(([volume]) => ({ kind: 'setVolume' as const, volume })),
  setMuted: z.tuple([toggle]).transform(([isMuted]) => ({ kind: 'setMuted' as const, isMuted })),
  setBlank: z.tuple([toggle]).transform(([isBlank]) => ({ kind: 'setBlank' as const, isBlank })),
};

const switcherWords: Grammar<SwitcherCommand> = {
  route: z
    .tuple([number.int(), number.int()])
    .transform(([input, output]) => ({ kind: 'route' as const, input, output, layer: 'both' as const })),
  setVolume: z.tuple([number.min(0).max(1)]).transform(([volume]) => ({ kind: 'setVolume' as const, volume })),
  setMuted: z.tuple([toggle]).transform(([isMuted]) => ({ kind: 'setMuted' as const, isMuted })),
  recallPreset: z.tuple([number.int()]).transform(([preset]) => ({ kind: 'recallPreset' as const, preset })),
  savePreset: z.tuple([number.int()]).transform(([preset]) => ({ kind: 'savePreset' as const, preset })),
};

const audioWords: Grammar<AudioProcessorCommand> = {
  setGain: z
    .tuple([z.string(), number])
    .transform(([channel, gainDb]) => ({ kind: 'setGain' as const, channel, gainDb })),
  setMuted: z
    .tuple([z.string(), toggle])
    .transform(([channel, isMuted]) => ({ kind: 'setMuted' as const, channel, isMuted })),
  recallPreset: z.tuple([z.string()]).transform(([preset]) => ({ kind: 'recallPreset' as const, preset })),
};

const roomIoWords: Grammar<RoomIoCommand> = {
  setOutput: z
    .tuple([z.string(), toggle])
    .transform(([output, isOn]) => ({ kind: 'setOutput' as const, output, isOn })),
  pulseOutput: z
    .tuple([z.string(), number.gt(0).max(600)])
    .transform(([output, seconds]) => ({ kind: 'pulseOutput' as const, output, forMs: seconds * 1000 })),
};

/** Throws an `Error` that says which words a device of this kind knows, or which of them do not fit. */
export function readWish(words: readonly string[], accessory: RoomDevice): Wish {
  if (words.length === 0) return { kind: 'ask' };
  switch (accessory.kind) {
    case 'camera': {
      const command = readCommand(cameraWords, words);
      return { kind: 'run', run: (options) => accessory.device.run(command, options) };
    }
    case 'display': {
      const command = readCommand(displayWords, words);
      return { kind: 'run', run: (options) => accessory.device.run(command, options) };
    }
    case 'audioProcessor': {
      const command = readCommand(audioWords, words);
      return { kind: 'run', run: (options) => accessory.device.run(command, options) };
    }
    case 'switcher': {
      const command = readCommand(switcherWords, words);
      return { kind: 'run', run: (options) => accessory.device.run(command, options) };
    }
    case 'roomIo': {
      const command = readCommand(roomIoWords, words);
      return { kind: 'run', run: (options) => accessory.device.run(command, options) };
    }
    case 'presenceSensor':
      throw new Error(`“${words[0]}” is no command of this device: it is only read`);
  }
}

function readCommand<Command>(known: Grammar<Command>, words: readonly string[]): Command {
  const [verb = '', ...rest] = words;
  const schema = Object.hasOwn(known, verb) ? known[verb] : undefined;
  if (!schema) throw new Error(`“${verb}” is no command of this device: it knows ${Object.keys(known).join(', ')}`);
  const parsed = schema.safeParse(rest);
  if (parsed.success) return parsed.data;
  throw new Error(`${verb}: ${parsed.error.issues.map(({ message }) => message).join('; ')}`);
}

import type { DevicePropertyKind, PropertyValue, RoomReason } from '@anteroom/shared/panel/devices.ts';
import type { RoomPlan } from '@anteroom/shared/profile/installation.ts';
import { type DisplaysWanted, displaysWanted, isMeetingNear } from './displays-wanted.ts';
import type { Situation } from './situation.ts';
import type { Wish } from './wish.ts';

/** What a room wants of its devices in a situation. Pure, and the same for the same situation. */
export function wishesOf(situation: Situation, room: RoomPlan): Wish[] {
  const wanted = displaysWanted(situation, room.behaviour);
  return [
    ...displayWishes(wanted, situation, room),
    ...cameraWishes(wanted, situation, room),
    ...microphoneWishes(situation, room),
    ...doorSignWishes(situation, room),
  ];
}

function wish(
  device: string,
  [kind, of]: [DevicePropertyKind, string | null],
  value: PropertyValue,
  reason: RoomReason,
): Wish {
  return { device, property: { kind, of }, value, reason };
}

function displayWishes(wanted: DisplaysWanted, { isContentShown }: Situation, { displays }: RoomPlan): Wish[] {
  if (wanted === null) return [];
  return displays.flatMap(({ device, input, contentInput }) => {
    const power = wish(device, ['power', null], wanted.power, wanted.reason);
    if (wanted.power === 'standby') return [power];
    if (contentInput === undefined) return [power, wish(device, ['input', null], input, wanted.reason)];
    // A call that comes back may have what was shared still: until that is known, the picture stays.
    if (isContentShown === null) return [power];
    return [
      power,
      isContentShown
        ? wish(device, ['input', null], contentInput, 'contentShared')
        : wish(device, ['input', null], input, wanted.reason),
    ];
  });
}

function cameraWishes(
  wanted: DisplaysWanted,
  { layout, isPartitionOpen }: Situation,
  { camera, partition }: RoomPlan,
): Wish[] {
  if (!camera) return [];
  const { device } = camera;
  const isWoken = wanted?.reason === 'inMeeting' || wanted?.reason === 'meetingSoon';
  const power = isWoken ? [wish(device, ['power', null], 'on', wanted.reason)] : [];
  if (layout === null) return power;
  const ofWall = !partition || isPartitionOpen === null ? {} : isPartitionOpen ? partition.open : partition.closed;
  const presets = { ...camera.presets, ...ofWall };
  const shown = presets[layout] === undefined && layout !== 'idle' ? 'gallery' : layout;
  const preset = presets[shown];
  if (preset === undefined) return power;
  const reason = ofWall[shown] === undefined ? reasonOf(layout) : isPartitionOpen ? 'partitionOpen' : 'partitionClosed';
  return [...power, wish(device, ['preset', null], preset, reason)];
}

function reasonOf(layout: NonNullable<Situation['layout']>): RoomReason {
  if (layout === 'idle') return 'idle';
  return layout === 'content' ? 'contentShared' : 'layout';
}

/** The channels and the lamps follow what the far end hears; nothing here opens a microphone that the call has closed. */
function microphoneWishes({ isMicrophoneOpen }: Situation, { microphones, muteLamp }: RoomPlan): Wish[] {
  const reason = isMicrophoneOpen ? 'microphoneOpen' : 'microphoneClosed';
  return [
    ...microphones.map(({ device, channel }) => wish(device, ['mute', channel], !isMicrophoneOpen, reason)),
    ...muteLamp.map(({ device, output, isLitWhile }) =>
      wish(device, ['output', output], (isLitWhile === 'open') === isMicrophoneOpen, reason),
    ),
  ];
}

function doorSignWishes(situation: Situation, { doorSign, behaviour }: RoomPlan): Wish[] {
  if (!doorSign) return [];
  const { device, busy, free, soon } = doorSign;
  const { isInCall, meetings, nowMs } = situation;
  const isBusy = isInCall || meetings.some(({ startMs, endMs }) => nowMs >= startMs && nowMs < endMs);
  const isSoon = !isBusy && soon !== undefined && isMeetingNear(situation, behaviour);
  const reason = isBusy ? 'roomBusy' : isSoon ? 'meetingSoon' : 'roomFree';
  const lamp = (output: string | undefined, isLit: boolean) =>
    output === undefined ? [] : [wish(device, ['output', output], isLit, reason)];
  return [...lamp(busy, isBusy), ...lamp(soon, isSoon), ...lamp(free, !isBusy && !isSoon)];
}

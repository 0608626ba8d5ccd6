import type { ParticipantId } from '@anteroom/shared/ids.ts';
import type { BoardChannel } from '@anteroom/shared/whiteboard/board-channel.ts';
import type { BoardPoint } from '@anteroom/shared/whiteboard/point.ts';

/** Where others point at on the whiteboard, and where one points oneself. Nothing of it is kept anywhere. */
export interface BoardPointers {
  others(): ReadonlyMap<ParticipantId, BoardPoint>;
  /** Null: no more. */
  point(at: BoardPoint | null): void;
  subscribe(listener: () => void): () => void;
  dispose(): void;
}

/** Told no faster: the server leaves out what comes faster. */
export const pointEveryMs = 80;

export function createBoardPointers({ channel }: { channel: BoardChannel }): BoardPointers {
  const listeners = new Set<() => void>();
  let others: ReadonlyMap<ParticipantId, BoardPoint> = new Map();
  let told: BoardPoint | null = null;
  let latest: BoardPoint | null = null;
  let pausing: ReturnType<typeof setTimeout> | undefined;

  function change(next: ReadonlyMap<ParticipantId, BoardPoint>): void {
    others = next;
    for (const listener of [...listeners]) listener();
  }

  function tell(): void {
    if (pausing !== undefined || isSamePoint(told, latest)) return;
    told = latest;
    channel.send({ type: 'boardPoint', at: told });
    pausing = setTimeout(() => {
      pausing = undefined;
      tell();
    }, pointEveryMs);
  }

  const stopListening = channel.listen((event) => {
    if (event.kind === 'closed') {
      told = null;
      change(new Map());
    }
    if (event.kind !== 'message' || event.message.type !== 'boardPointed') return;
    const { participantId, at } = event.message;
    const next = new Map(others);
    if (at === null) next.delete(participantId);
    else next.set(participantId, at);
    change(next);
  });

  return {
    others: () => others,
    point(at) {
      latest = at && { x: Math.round(at.x), y: Math.round(at.y) };
      tell();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispose() {
      stopListening();
      clearTimeout(pausing);
      if (told !== null) channel.send({ type: 'boardPoint', at: null });
      listeners.clear();
    },
  };
}

function isSamePoint(a: BoardPoint | null, b: BoardPoint | null): boolean {
  return a?.x === b?.x && a?.y === b?.y;
}

/** Light enough to write a name on in black, dark enough to be seen on the board in both colour schemes. */
const colours = ['#ffc27c', '#8fc7f0', '#9bd8a4', '#f2a3ad', '#c9b1f0', '#e6d36a', '#7fd6cf', '#e8a9dc'] as const;

/** The same for one participant on every screen. */
export function pointerColour(participantId: ParticipantId): string {
  let sum = 0;
  for (const sign of participantId) sum = (sum * 31 + (sign.codePointAt(0) ?? 0)) % 65_521;
  return colours[sum % colours.length] ?? colours[0];
}

import { setTimeout as sleep } from 'node:timers/promises';
import { whiteboardRoutes } from '@anteroom/shared/api/whiteboards.ts';
import type { BoardElement } from '@anteroom/shared/whiteboard/element.ts';
import { box, stroke } from '@anteroom/shared/whiteboard/testing/drawings.ts';
import { createMeetingClient } from '@anteroom/ui/signalling/meeting-client.ts';
import { createBoardReplica } from '@anteroom/ui/whiteboard/board-replica.ts';
import { ensureMeeting, type FleetApi } from '../../scripts/lib/demonstration.ts';
import { startCutNetwork } from './cut-network.ts';
import { eventually } from './eventually.ts';
import type { Rig } from './rig.ts';
import { takeTicket } from './tickets.ts';

/**
 * Three guests draw on one board through the soft client's own code, over real sockets, with a real fleet between them. The
 * third loses its network twice and goes on drawing. What each drew is written down as it draws.
 */
export type DrawingReport = {
  seconds: number;
  elements: number;
  points: number;
  /** Strokes and boxes of the third that were begun without a network. */
  drawnOffline: number;
  /** Elements that should be on the board and are not, or are not whole, on any of the three or in what is kept. */
  lost: string[];
  /** Elements that were erased and are still there. */
  stillThere: string[];
  /** The three boards, and the one that the fleet keeps, element by element. */
  isEqual: boolean;
  /** From the end of drawing until all were equal. */
  equalAfterMs: number;
};

const stepMs = 30;
const pointsOfStroke = 40;
const off = { isMicrophoneOn: false, isCameraOn: false };

export async function drawTogether(rig: Rig, { seconds }: { seconds: number }): Promise<DrawingReport> {
  await using stack = new AsyncDisposableStack();
  const { httpUrl } = rig.fleet.ready();
  const api = await rig.api();
  const meeting = await ensureMeeting(await rig.demonstration(), new Date());
  const network = stack.use(await startCutNetwork(Number(new URL(httpUrl).port)));
  const ports = [new URL(httpUrl).port, new URL(httpUrl).port, String(network.port)];
  const drawers: Drawer[] = [];
  for (const [at, port] of ports.entries()) {
    const name = `drawer${at}`;
    const ticket = await takeTicket(httpUrl, meeting.number, name);
    drawers.push(stack.adopt(createDrawer({ name, ticket, port }), (drawer) => drawer.leave()));
  }
  const boards = drawers.map(({ board }) => board);
  await eventually('three boards', 20_000, () => boards.every((board) => board.isLive()), Boolean);

  const endsAt = performance.now() + seconds * 1_000;
  const drawing = Promise.all(drawers.map((drawer) => drawer.draw(endsAt)));
  for (let time = 0; time < 2; time++) {
    await sleep(seconds * 200);
    network.cut();
    await sleep(seconds * 150);
    network.mend();
  }
  await drawing;

  const readBoards = async () => [...boards.map((board) => board.elements()), await readKept(api, meeting.id)];
  const stoppedAt = performance.now();
  const isSame = (all: BoardElement[][]) =>
    new Set(all.map((elements) => JSON.stringify(canonical(elements)))).size === 1;
  const all = await eventually('equal boards', 20_000, readBoards, isSame).catch(readBoards);
  const equalAfterMs = Math.round(performance.now() - stoppedAt);
  const wanted = drawers.flatMap(({ drawn }) => [...drawn.values()]);
  const erased = drawers.flatMap((drawer) => [...drawer.erased]);
  const [first = []] = all;
  return {
    seconds,
    elements: first.length,
    points: first.reduce((sum, element) => sum + (element.type === 'freedraw' ? element.points.length : 0), 0),
    drawnOffline: drawers.reduce((sum, drawer) => sum + drawer.drawnOffline(), 0),
    lost: wanted.filter((element) => !all.every((elements) => isWhole(elements, element))).map(({ id }) => id),
    stillThere: erased.filter((id) => all.some((elements) => elements.some((element) => element.id === id))),
    isEqual: isSame(all),
    equalAfterMs,
  };
}

/** Others may have moved or painted it; what was drawn is all there. */
function isWhole(elements: readonly BoardElement[], drawn: BoardElement): boolean {
  const found = elements.find(({ id }) => id === drawn.id);
  if (drawn.type !== 'freedraw') return found?.type === drawn.type;
  return found?.type === 'freedraw' && JSON.stringify(found.points) === JSON.stringify(drawn.points);
}

function canonical(elements: readonly BoardElement[]): unknown {
  return elements.map((element) => Object.entries(element).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

async function readKept(api: FleetApi, meetingId: string): Promise<BoardElement[]> {
  return (await api.call(whiteboardRoutes.elements, { params: { meetingId } })).items;
}

type Drawer = ReturnType<typeof createDrawer>;

function createDrawer({ name, ticket, port }: { name: string; ticket: string; port: string }) {
  const url = `ws://127.0.0.1:${port}/api/v1/signal`;
  const client = createMeetingClient({ url, ticket, media: off, localStream: null, onState: () => undefined });
  const board = createBoardReplica({ channel: client.board });
  const drawn = new Map<string, BoardElement>();
  const erased = new Set<string>();
  let offline = 0;
  let steps = 0;

  function put(element: BoardElement): void {
    if (!drawn.has(element.id) && !board.isLive()) offline += 1;
    drawn.set(element.id, element);
    board.write({ changed: [element], removed: [] });
  }

  /** One step: the stroke goes on; now and then a box, something of somebody else painted, something of one's own erased. */
  function step(): void {
    steps += 1;
    const number = Math.floor(steps / pointsOfStroke);
    put(stroke(`${name}-stroke-${number}`, (steps % pointsOfStroke) + 1, { x: number * 10 }));
    if (steps % 7 === 0) put(box(`${name}-box-${steps}`, { x: steps }));
    if (steps % 11 === 0) paintOfOthers();
    if (steps % 35 === 0) erase(`${name}-box-${steps - 7}`);
  }

  function paintOfOthers(): void {
    const theirs = board.elements().filter(({ id, type }) => type === 'rectangle' && !id.startsWith(name));
    const painted = theirs[steps % Math.max(1, theirs.length)];
    if (painted) board.write({ changed: [{ ...painted, strokeColor: `#${name}` }], removed: [] });
  }

  function erase(id: string): void {
    drawn.delete(id);
    erased.add(id);
    board.write({ changed: [], removed: [id] });
  }

  return {
    ...{ board, drawn, erased },
    drawnOffline: () => offline,
    async draw(endsAt: number): Promise<void> {
      while (performance.now() < endsAt) {
        step();
        await sleep(stepMs);
      }
    },
    leave(): void {
      board.dispose();
      client.leave();
    },
  };
}

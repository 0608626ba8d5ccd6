import { elementsOf, readBoard, writeBoard } from '@anteroom/shared/whiteboard/document.ts';
import type { BoardElement } from '@anteroom/shared/whiteboard/element.ts';
import { maxBoardElements } from '@anteroom/shared/whiteboard/limits.ts';
import { fromBase64, toBase64, toParts } from '@anteroom/shared/whiteboard/parts.ts';
import { box } from '@anteroom/shared/whiteboard/testing/drawings.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { startOwnJanus } from '../testing/janus.ts';
import { type ServiceRig, startServiceRig } from '../testing/service-rig.ts';
import { keepEveryMs } from './board-desk.ts';

let janus: Awaited<ReturnType<typeof startOwnJanus>>;
let rig: ServiceRig;

beforeAll(async () => {
  janus = await startOwnJanus();
});
afterAll(() => janus[Symbol.asyncDispose]());
beforeEach(async () => {
  rig = await startServiceRig({ mediaNode: janus.mediaNode, capacity: 9 });
});
afterEach(() => rig[Symbol.asyncDispose]());

/** Somebody in the meeting with a copy of its board, who sends what the test says. */
async function enter(name: string) {
  const client = await rig.connect();
  await client.join(rig.admission.issueTicket(name));
  const doc = new Y.Doc();
  return { client, doc };
}
type Party = Awaited<ReturnType<typeof enter>>;

/** Asks for the board and reads it to the end. */
async function sync({ client, doc }: Party): Promise<Uint8Array> {
  client.send({ type: 'boardSync', stateVector: toBase64(Y.encodeStateVector(doc)) });
  for (;;) {
    const message = await client.next('boardUpdate', 'boardSync');
    if (message.type === 'boardSync') return fromBase64(message.stateVector);
    Y.applyUpdate(doc, fromBase64(message.part));
  }
}

function send({ client }: Party, update: Uint8Array): void {
  for (const part of toParts(update)) client.send({ type: 'boardUpdate', ...part });
}

/** What drawing this makes, on the own copy too. */
function draw({ doc }: Party, ...changed: BoardElement[]): Uint8Array {
  const before = Y.encodeStateVector(doc);
  writeBoard(doc, { changed, removed: [] }, null);
  return Y.encodeStateAsUpdate(doc, before);
}

async function receive({ client, doc }: Party): Promise<BoardElement[]> {
  Y.applyUpdate(doc, fromBase64((await client.next('boardUpdate')).part));
  return readBoard(doc);
}

describe('a board in a meeting', () => {
  test('goes to everybody who asked for it, and to nobody else', async () => {
    const [ada, ben, cyd] = [await enter('Ada'), await enter('Ben'), await enter('Cyd')];
    await sync(ada);
    await sync(ben);
    send(ada, draw(ada, box('a')));
    expect(await receive(ben)).toEqual([box('a')]);
    await sync(cyd);
    expect(readBoard(cyd.doc)).toEqual([box('a')]);
    // Whoever drew it has it.
    expect(ada.client.pending('boardUpdate')).toBe(0);
  });

  test('shows to each where the others point, and keeps none of it', async () => {
    const [ada, ben, cyd] = [await enter('Ada'), await enter('Ben'), await enter('Cyd')];
    await sync(ada);
    await sync(ben);
    const at = { x: 12, y: -3 };
    ada.client.send({ type: 'boardPoint', at });
    const pointed = await ben.client.next('boardPointed');
    expect(pointed).toMatchObject({ at });
    ada.client.terminate();
    expect(await ben.client.next('boardPointed')).toEqual({ ...pointed, at: null });
    // Whoever has not asked for the board is told nothing, and points at nothing.
    cyd.client.send({ type: 'boardPoint', at });
    await sync(cyd);
    expect(readBoard(cyd.doc)).toEqual([]);
    expect(ben.client.pending('boardPointed')).toBe(0);
    expect(cyd.client.pending('boardPointed')).toBe(0);
  });

  test('passes on as much pointing as others can follow', async () => {
    const [ada, ben] = [await enter('Ada'), await enter('Ben')];
    await sync(ada);
    await sync(ben);
    for (let x = 0; x < 30; x++) ada.client.send({ type: 'boardPoint', at: { x, y: 0 } });
    ada.client.send({ type: 'boardPoint', at: null });
    for (let told = 1; ; told++) {
      if ((await ben.client.next('boardPointed')).at !== null) continue;
      expect(told).toBeLessThan(10);
      return;
    }
  });

  test('is for whoever is in the meeting, and only after they asked for it', async () => {
    const outside = await rig.connect();
    outside.send({ type: 'boardSync', stateVector: 'AA==' });
    expect(await outside.next('error')).toMatchObject({ code: 'message_out_of_place' });
    const ada = await enter('Ada');
    send(ada, draw(ada, box('a')));
    expect(await ada.client.next('error')).toMatchObject({ code: 'message_out_of_place' });
  });

  test('tells whoever sends what follows upon something missing what it has, so that nothing is lost', async () => {
    const ada = await enter('Ada');
    await sync(ada);
    draw(ada, box('a')); // Never arrives.
    send(ada, draw(ada, box('a', { x: 5 })));
    const asked = await ada.client.next('boardSync');
    send(ada, Y.encodeStateAsUpdate(ada.doc, fromBase64(asked.stateVector)));
    const ben = await enter('Ben');
    await sync(ben);
    expect(readBoard(ben.doc)).toEqual([box('a', { x: 5 })]);
  });
});

describe('what cannot come onto a board', () => {
  const spoil: [string, 'board_unfit' | 'board_full', (doc: Y.Doc) => void][] = [
    [
      'a picture',
      'board_unfit',
      (doc) => elementsOf(doc).set('p', new Y.Map(Object.entries({ ...box('p'), type: 'image' }))),
    ],
    ['something beside the elements', 'board_unfit', (doc) => doc.getText('notes').insert(0, 'hidden')],
    [
      'more elements than a board has',
      'board_full',
      (doc) =>
        writeBoard(
          doc,
          { changed: Array.from({ length: maxBoardElements + 1 }, (_, at) => box(`b${at}`)), removed: [] },
          null,
        ),
    ],
    [
      'more bytes than a board has',
      'board_full',
      (doc) => {
        const text = new Y.Map(Object.entries({ ...box('t'), link: `https://${'x'.repeat(5_000_000)}` }));
        elementsOf(doc).set('t', text);
      },
    ],
  ];

  test.each(spoil)('%s is refused as %s, and nobody gets it', async (_what, reason, act) => {
    const [ada, ben] = [await enter('Ada'), await enter('Ben')];
    await sync(ada);
    await sync(ben);
    const before = Y.encodeStateVector(ada.doc);
    act(ada.doc);
    send(ada, Y.encodeStateAsUpdate(ada.doc, before));
    expect(await ada.client.next('boardRefused')).toMatchObject({ reason });
    // The board goes on for everybody, also for whoever asks for it anew.
    const again = { client: ada.client, doc: new Y.Doc() };
    await sync(again);
    send(again, draw(again, box('a')));
    expect(await receive(ben)).toEqual([box('a')]);
  });
});

describe('a board that was drawn', () => {
  async function drawn(): Promise<{ ada: Party; ben: Party }> {
    const [ada, ben] = [await enter('Ada'), await enter('Ben')];
    await sync(ada);
    await sync(ben);
    send(ada, draw(ada, box('a')));
    await receive(ben);
    return { ada, ben };
  }

  test('is kept after a moment, and again when that failed', async () => {
    await drawn();
    rig.boardStore.failNextSave();
    await rig.clock.advance(keepEveryMs);
    expect(rig.boardStore.saved()).toBeNull();
    await rig.clock.advance(keepEveryMs);
    expect(rig.boardStore.saved()).toMatchObject({ elements: 1 });
  });

  test('is kept when everybody leaves, and comes back with whoever enters', async () => {
    const { ada, ben } = await drawn();
    for (const { client } of [ada, ben]) {
      client.send({ type: 'leave' });
      await client.next('bye');
    }
    expect(rig.boardStore.saves()).toBe(1);
    const cyd = await enter('Cyd');
    await sync(cyd);
    expect(readBoard(cyd.doc)).toEqual([box('a')]);
  });

  test('is kept when the service ends', async () => {
    await drawn();
    await rig.service.close();
    expect(rig.boardStore.saved()).toMatchObject({ elements: 1 });
  });

  test('is asked for again by the client when it could not be opened', async () => {
    const ada = await enter('Ada');
    rig.boardStore.failNextLoad();
    ada.client.send({ type: 'boardSync', stateVector: 'AA==' });
    expect(await ada.client.next('boardRefused')).toMatchObject({ reason: 'board_unavailable' });
    await sync(ada);
  });
});

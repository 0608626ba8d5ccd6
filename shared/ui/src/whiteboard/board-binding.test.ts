import { createBoardChannel } from '@anteroom/shared/whiteboard/board-channel.ts';
import { writeBoard } from '@anteroom/shared/whiteboard/document.ts';
import type { BoardElement } from '@anteroom/shared/whiteboard/element.ts';
import type { BoardRefusal } from '@anteroom/shared/whiteboard/limits.ts';
import { fromBase64, toBase64, toParts } from '@anteroom/shared/whiteboard/parts.ts';
import { box, stroke } from '@anteroom/shared/whiteboard/testing/drawings.ts';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { createBoardBinding } from './board-binding.ts';
import { createBoardReplica } from './board-replica.ts';
import { mergeOwn, type SceneElement, toDeleted, toScene } from './scene.ts';

/** Somebody at a board: their copy, and a scene as Excalidraw keeps one. */
function somebody({ canDraw } = { canDraw: true }) {
  const others = new Y.Doc();
  const line = createBoardChannel((message) => {
    if (message.type === 'boardUpdate') Y.applyUpdate(others, fromBase64(message.part));
  });
  line.feed({ kind: 'opened' });
  const replica = createBoardReplica({ channel: line.channel });
  const refusals: BoardRefusal[] = [];
  const held = new Set<string>();
  let shown: readonly SceneElement[] = [];
  let nonce = 0;
  const binding = createBoardBinding({
    replica,
    canDraw,
    scene: {
      elements: () => shown,
      show(elements) {
        shown = elements;
        binding.follow(); // As Excalidraw, which tells of every change.
      },
      held: () => held,
    },
    onRefused: (reason) => refusals.push(reason),
    random: Math.random,
  });
  const visible = () => shown.filter(({ isDeleted }) => !isDeleted);
  return {
    ...{ replica, refusals, held, visible },
    draw(element: BoardElement): void {
      const before = shown.find(({ id }) => id === element.id);
      const drawn = toScene(element, before, ++nonce);
      shown = [...shown.filter((other) => other !== before), drawn];
      binding.follow();
    },
    put(element: SceneElement): void {
      shown = [...shown, element];
      binding.follow();
    },
    erase(id: string): void {
      shown = shown.map((element) => (element.id === id ? toDeleted(element, ++nonce) : element));
      binding.follow();
    },
    follow: () => binding.follow(),
    /** As others draw it. */
    receive(changed: BoardElement[], removed: string[] = []): void {
      const stateVector = toBase64(Y.encodeStateVector(others));
      line.feed({ kind: 'message', message: { type: 'boardSync', stateVector } });
      const before = Y.encodeStateVector(others);
      writeBoard(others, { changed, removed }, null);
      const [part] = toParts(Y.encodeStateAsUpdate(others, before));
      if (part) line.feed({ kind: 'message', message: { type: 'boardUpdate', ...part } });
    },
  };
}

describe('what is drawn here', () => {
  test('goes onto the board, and is erased from it', () => {
    const me = somebody();
    me.draw(box('a'));
    me.draw(stroke('s', 3, { index: 'a1' }));
    expect(me.replica.elements()).toEqual([box('a'), stroke('s', 3, { index: 'a1' })]);
    me.erase('a');
    expect(me.replica.elements()).toEqual([stroke('s', 3, { index: 'a1' })]);
  });

  test('leaves the scene with a word when it cannot be on a board', () => {
    const me = somebody();
    me.draw(box('a'));
    // Excalidraw has more kinds of elements than a board.
    me.put({ ...toScene(box('p'), undefined, 1), type: 'image' } as SceneElement);
    expect(me.visible().map(({ id }) => id)).toEqual(['a']);
    expect(me.replica.elements()).toEqual([box('a')]);
    expect(me.refusals).toEqual(['board_unfit']);
  });

  test('stays here where one may only look', () => {
    const me = somebody({ canDraw: false });
    me.draw(box('a'));
    expect(me.replica.elements()).toEqual([]);
  });
});

describe('what others draw', () => {
  test('comes into the scene in its order, and goes out of it', () => {
    const me = somebody();
    me.draw(box('b', { index: 'a2' }));
    me.receive([box('a', { index: 'a1' })]);
    expect(me.visible().map(({ id }) => id)).toEqual(['a', 'b']);
    me.receive([], ['b']);
    expect(me.visible().map(({ id }) => id)).toEqual(['a']);
  });

  test('stays when the same element is changed here afterwards', () => {
    const me = somebody();
    me.draw(box('a'));
    me.held.add('a');
    me.receive([box('a', { strokeColor: '#ff0000' })]);
    me.draw(box('a', { x: 70 })); // Held: the scene has the old colour.
    expect(me.replica.element('a')).toEqual(box('a', { x: 70, strokeColor: '#ff0000' }));
    expect(me.visible()).toMatchObject([{ strokeColor: '#14191f' }]);
    me.held.clear();
    me.follow();
    expect(me.visible()).toMatchObject([{ x: 70, strokeColor: '#ff0000' }]);
  });
});

test('of an own change only what differs goes onto the board', () => {
  const now = box('a', { strokeColor: '#ff0000', x: 5 });
  expect(mergeOwn(box('a'), box('a', { x: 9 }), now)).toEqual(box('a', { strokeColor: '#ff0000', x: 9 }));
  expect(mergeOwn(undefined, box('a'), null)).toEqual(box('a'));
});

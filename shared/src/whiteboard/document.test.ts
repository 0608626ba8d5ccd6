import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { elementsOf, parseElement, readBoard, readElement, writeBoard } from './document.ts';
import { type BoardElement, boardElement } from './element.ts';
import { box, stroke } from './testing/drawings.ts';

const me = Symbol('me');
const draw = (doc: Y.Doc, ...changed: BoardElement[]) => writeBoard(doc, { changed, removed: [] }, me);
const erase = (doc: Y.Doc, ...removed: string[]) => writeBoard(doc, { changed: [], removed }, me);

/** Two copies of one board, and what brings them together again. */
function twoCopies(...elements: BoardElement[]) {
  const [one, other] = [new Y.Doc(), new Y.Doc()];
  draw(one, ...elements);
  const meet = () => {
    Y.applyUpdate(other, Y.encodeStateAsUpdate(one));
    Y.applyUpdate(one, Y.encodeStateAsUpdate(other));
  };
  meet();
  return { one, other, meet };
}

describe('a board', () => {
  test('gives back what was drawn, from the lowest to the highest', () => {
    const doc = new Y.Doc();
    const drawn = [box('b', { index: 'a2' }), stroke('s', 5, { index: 'a1' }), box('a', { index: 'a2' })];
    draw(doc, ...drawn);
    expect(readBoard(doc)).toEqual([drawn[1], drawn[2], drawn[0]]);
    expect(readElement(doc, 'nobody')).toBeNull();
  });

  test('writes nothing when nothing changed', () => {
    const doc = new Y.Doc();
    draw(doc, box('b', { roundness: { type: 3 } }), stroke('s', 20));
    const before = Y.encodeStateVector(doc);
    draw(doc, box('b', { roundness: { type: 3 } }), stroke('s', 20));
    expect(Y.encodeStateVector(doc)).toEqual(before);
  });

  test('sends of a stroke that goes on what is new only', () => {
    const doc = new Y.Doc();
    draw(doc, stroke('s', 1_000));
    const before = Y.encodeStateVector(doc);
    draw(doc, stroke('s', 1_003));
    expect(Y.encodeStateAsUpdate(doc, before).length).toBeLessThan(200);
    expect(readElement(doc, 's')).toEqual(stroke('s', 1_003));
  });

  test('takes a stroke that became another one', () => {
    const doc = new Y.Doc();
    draw(doc, stroke('s', 10));
    draw(doc, stroke('s', 4));
    expect(readElement(doc, 's')).toEqual(stroke('s', 4));
  });

  test('forgets a field that an element has no more', () => {
    const doc = new Y.Doc();
    const line = { ...box('l'), type: 'line' as const, points: [[0, 0]], startBinding: null, endBinding: null };
    const arrowheads = { startArrowhead: null, endArrowhead: null };
    draw(doc, boardElement.parse({ ...line, ...arrowheads, polygon: true }));
    draw(doc, boardElement.parse({ ...line, ...arrowheads }));
    expect(readElement(doc, 'l')).not.toHaveProperty('polygon');
  });
});

describe('two who draw at the same time', () => {
  test('both keep what they drew', () => {
    const { one, other, meet } = twoCopies();
    draw(one, box('mine'));
    draw(other, stroke('theirs', 30));
    meet();
    expect(readBoard(one).map(({ id }) => id)).toEqual(['mine', 'theirs']);
    expect(readBoard(other)).toEqual(readBoard(one));
  });

  test('both keep what they changed in one element when it is not the same', () => {
    const { one, other, meet } = twoCopies(box('b'));
    draw(one, box('b', { x: 500 }));
    draw(other, box('b', { strokeColor: '#ff0000' }));
    meet();
    expect(readElement(one, 'b')).toEqual(box('b', { x: 500, strokeColor: '#ff0000' }));
    expect(readBoard(other)).toEqual(readBoard(one));
  });

  test('agree that what one deleted is gone, whatever the other did to it', () => {
    const { one, other, meet } = twoCopies(box('b'), box('c'));
    erase(one, 'b');
    draw(other, box('b', { x: 9 }));
    meet();
    expect(readBoard(one)).toEqual([box('c')]);
    expect(readBoard(other)).toEqual([box('c')]);
  });

  test('come to the same board in whatever order they draw, delete and meet', () => {
    const id = fc.constantFrom('a', 'b', 'c');
    const act = fc.oneof(
      fc.record({
        who: fc.constantFrom(0, 1),
        kind: fc.constant('draw' as const),
        id,
        x: fc.integer({ max: 99, min: 0 }),
      }),
      fc.record({
        who: fc.constantFrom(0, 1),
        kind: fc.constant('stroke' as const),
        id,
        x: fc.integer({ max: 9, min: 1 }),
      }),
      fc.record({ who: fc.constantFrom(0, 1), kind: fc.constant('erase' as const), id, x: fc.constant(0) }),
      fc.record({ who: fc.constant(0), kind: fc.constant('meet' as const), id, x: fc.constant(0) }),
    );
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
        const { one, other, meet } = twoCopies();
        for (const { who, kind, id: named, x } of acts) {
          const doc = who === 0 ? one : other;
          if (kind === 'meet') meet();
          else if (kind === 'draw') draw(doc, box(named, { x }));
          else if (kind === 'stroke') draw(doc, stroke(`s${named}`, x));
          else erase(doc, named);
        }
        meet();
        expect(readBoard(one)).toEqual(readBoard(other));
      }),
    );
  });
});

describe('an element of a board', () => {
  const parsed = (change: object) => boardElement.safeParse({ ...box('b'), ...change }).success;

  test.each<[string, object, boolean]>([
    ['a box', {}, true],
    ['a picture', { type: 'image', fileId: 'f', status: 'saved', scale: [1, 1] }, false],
    ['an embedded page', { type: 'embeddable' }, false],
    ['a link to a page', { link: 'https://example.org/' }, true],
    ['a link that would run', { link: 'javascript:alert(1)' }, false],
    ['a place beyond every screen', { x: 1e9 }, false],
    ['no place at all', { x: Number.NaN }, false],
    ['too long a text', { type: 'text', text: 'x'.repeat(20_000) }, false],
  ])('%s', (_name, change, isFit) => {
    expect(parsed(change)).toBe(isFit);
  });

  test('that is no map of fields is none', () => {
    const doc = new Y.Doc();
    doc.getMap<unknown>('elements').set('x', 5);
    expect(elementsOf(doc).size).toBe(1);
    expect(parseElement(doc, 'x')?.success).toBe(false);
    expect(readBoard(doc)).toEqual([]);
  });
});

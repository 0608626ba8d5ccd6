import { type BoardElement, boardElement } from '@anteroom/shared/whiteboard/element.ts';
import type { OrderedExcalidrawElement } from '@excalidraw/excalidraw/element/types';

/** Between the board that everybody shares and the scene that one page's Excalidraw draws. Pure. */
export type SceneElement = OrderedExcalidrawElement;

/** What Excalidraw keeps about an element for itself. */
type Bookkeeping = Pick<SceneElement, 'version' | 'versionNonce' | 'updated' | 'isDeleted'>;

/** The element as everybody shares it; null when it cannot be on a board. */
export function fromScene(element: SceneElement): BoardElement | null {
  const parsed = boardElement.safeParse(element);
  return parsed.success ? parsed.data : null;
}

/** The element for the scene, as a change of the one that is there: Excalidraw draws anew what has another version. */
export function toScene(element: BoardElement, before: SceneElement | undefined, nonce: number): SceneElement {
  const bookkeeping: Bookkeeping = {
    version: (before?.version ?? 0) + 1,
    versionNonce: nonce,
    updated: 1,
    isDeleted: false,
  };
  // Of a stroke it says that it ends there, and how it is drawn to its end.
  const lastCommittedPoint = element.type === 'freedraw' ? (element.points.at(-1) ?? null) : null;
  const drawn = 'points' in element ? { ...element, lastCommittedPoint } : element;
  // The schema is Excalidraw's own shape with plain strings and numbers in the place of its branded ones.
  return { ...drawn, ...bookkeeping } as unknown as SceneElement;
}

export function toDeleted(element: SceneElement, nonce: number): SceneElement {
  return { ...element, isDeleted: true, version: element.version + 1, versionNonce: nonce };
}

/** The fields that differ between `base` and `own`, on top of what the board has now: others' changes stay. */
export function mergeOwn(base: BoardElement | undefined, own: BoardElement, now: BoardElement | null): BoardElement {
  if (base === undefined || now === null || now.type !== own.type) return own;
  const merged: Record<string, unknown> = { ...now };
  for (const name of new Set([...Object.keys(base), ...Object.keys(own)])) {
    const [was, is] = [Reflect.get(base, name), Reflect.get(own, name)];
    if (JSON.stringify(was) === JSON.stringify(is)) continue;
    if (is === undefined) delete merged[name];
    else merged[name] = is;
  }
  return boardElement.parse(merged);
}

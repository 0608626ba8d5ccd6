import { type BoardElement, byOrder } from '@anteroom/shared/whiteboard/element.ts';
import { type BoardRefusal, maxBoardElements } from '@anteroom/shared/whiteboard/limits.ts';
import type { BoardReplica } from './board-replica.ts';
import { fromScene, mergeOwn, type SceneElement, toDeleted, toScene } from './scene.ts';

/** What the binding needs of Excalidraw. */
export interface Scene {
  /** Deleted ones too. */
  elements(): readonly SceneElement[];
  /** Shows these instead, without a step in the own history. */
  show(elements: readonly SceneElement[]): void;
  /** Elements under the person's hand: exchanging them would take them away from it. */
  held(): ReadonlySet<string>;
}

/**
 * Keeps one page's scene and the board the same: what is drawn here goes onto the board, what others draw comes into the
 * scene, whatever the order. Elements that the board does not take leave the scene again, with a word.
 */
export interface BoardBinding {
  /** The scene has changed, by hand or by `show`. */
  follow(): void;
  dispose(): void;
}

export type BoardBindingDeps = {
  replica: BoardReplica;
  scene: Scene;
  /** False: nothing of the scene goes onto the board. */
  canDraw: boolean;
  onRefused: (reason: BoardRefusal) => void;
  random: () => number;
};

type Seen = { version: number; nonce: number; base: BoardElement | undefined };

export function createBoardBinding({ replica, scene, canDraw, onRefused, random }: BoardBindingDeps): BoardBinding {
  const seen = new Map<string, Seen>();
  /** Changed by others while a person held them. */
  const late = new Set<string>();
  const newNonce = () => Math.floor(random() * 2 ** 31);

  function remember(element: SceneElement, base: BoardElement | undefined): void {
    seen.set(element.id, { version: element.version, nonce: element.versionNonce, base });
  }

  function isSeen({ id, version, versionNonce }: SceneElement): boolean {
    const known = seen.get(id);
    return known !== undefined && known.version === version && known.nonce === versionNonce;
  }

  /** What changed here goes onto the board. */
  function push(): void {
    if (!canDraw) return;
    const changed: BoardElement[] = [];
    const removed: string[] = [];
    const unfit = new Map<string, BoardRefusal>();
    let room = maxBoardElements - replica.size();
    for (const element of scene.elements()) {
      // Excalidraw gives a new element its place in the order a moment later.
      if (isSeen(element) || element.index === null) continue;
      const { id } = element;
      const now = replica.element(id);
      const own = element.isDeleted ? null : fromScene(element);
      const base = seen.get(id)?.base;
      remember(element, own ?? undefined);
      if (element.isDeleted) {
        if (now) removed.push(id);
      } else if (own === null) unfit.set(id, 'board_unfit');
      else if (now === null && room <= 0) unfit.set(id, 'board_full');
      else {
        if (now === null) room -= 1;
        changed.push(mergeOwn(base, own, now));
      }
    }
    if (changed.length + removed.length > 0) replica.write({ changed, removed });
    if (unfit.size > 0) takeAway(unfit);
  }

  function takeAway(unfit: ReadonlyMap<string, BoardRefusal>): void {
    // What was on the board before comes back as it was.
    pull(new Set(unfit.keys()), new Set());
    for (const reason of new Set(unfit.values())) onRefused(reason);
  }

  /** What others drew comes into the scene. */
  function pull(ids: ReadonlySet<string>, held: ReadonlySet<string>): void {
    const known = new Map(scene.elements().map((element) => [element.id, element]));
    for (const id of ids) {
      if (held.has(id)) {
        late.add(id);
        continue;
      }
      late.delete(id);
      const before = known.get(id);
      const now = replica.element(id);
      const next = now ? toScene(now, before, newNonce()) : before && toDeleted(before, newNonce());
      if (next === undefined) continue;
      known.set(id, next);
      remember(next, now ?? undefined);
    }
    scene.show([...known.values()].toSorted((one, other) => byOrder(one, other)));
  }

  const stopListening = replica.listen((news) => {
    if (news.kind === 'changed') {
      push();
      pull(news.ids, scene.held());
    } else if (news.kind === 'replaced') {
      const gone = scene.elements().map(({ id }) => id);
      pull(new Set([...gone, ...replica.elements().map(({ id }) => id)]), new Set());
    } else if (news.kind === 'refused') onRefused(news.reason);
  });

  for (const element of scene.elements()) remember(element, replica.element(element.id) ?? undefined);

  return {
    follow() {
      push();
      const held = scene.held();
      const free = new Set([...late].filter((id) => !held.has(id)));
      if (free.size > 0) pull(free, held);
    },
    dispose: stopListening,
  };
}

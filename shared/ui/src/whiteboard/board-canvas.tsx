import type { ParticipantId } from '@anteroom/shared/ids.ts';
import type { BoardElement } from '@anteroom/shared/whiteboard/element.ts';
import type { BoardRefusal } from '@anteroom/shared/whiteboard/limits.ts';
import { CaptureUpdateAction, Excalidraw, MainMenu } from '@excalidraw/excalidraw';
import '@excalidraw/excalidraw/index.css';
import type {
  AppState,
  Collaborator,
  ExcalidrawImperativeAPI,
  SocketId,
  UIOptions,
} from '@excalidraw/excalidraw/types';
import { useEffect, useRef, useState } from 'react';
import { useLanguage } from '../i18n/language.tsx';
import { uiTexts } from '../locales/texts.ts';
import { useScheme } from '../scheme/scheme.tsx';
import './board.css';
import { type BoardBinding, createBoardBinding } from './board-binding.ts';
import { type BoardPointers, pointerColour } from './board-pointers.ts';
import type { BoardReplica } from './board-replica.ts';
import { toScene } from './scene.ts';

/**
 * `draw`: with tools. `look`: moves and magnifies. `display`: shows all of the board, as large as there is room, and no
 * controls at all.
 */
export type BoardMode = 'draw' | 'look' | 'display';

/** Where others point, and their names. */
export type Pointing = { pointers: BoardPointers; names: ReadonlyMap<ParticipantId, string> };

/** A board leaves its page as a picture only, and brings nothing in from elsewhere. */
const options: UIOptions = {
  canvasActions: {
    changeViewBackgroundColor: false,
    export: false,
    loadScene: false,
    saveAsImage: false,
    saveToActiveFile: false,
    toggleTheme: false,
  },
  tools: { image: false },
};

/** The meeting's board in Excalidraw. Loaded with the first board only: it is large. */
export function BoardCanvas({
  replica,
  mode,
  pointing,
  onRefused,
}: {
  replica: BoardReplica;
  mode: BoardMode;
  /** Null where nobody points: a board that is looked at afterwards. */
  pointing: Pointing | null;
  onRefused: (reason: BoardRefusal) => void;
}) {
  const binding = useRef<BoardBinding | null>(null);
  const [api, setApi] = useState<ExcalidrawImperativeAPI | null>(null);
  const { language } = useLanguage();
  const { scheme } = useScheme();
  const text = uiTexts.useText();
  const frame = useRef<HTMLDivElement>(null);
  const refused = useRef(onRefused);
  refused.current = onRefused;

  useEffect(() => {
    if (!api) return;
    const bound = createBoardBinding({
      replica,
      canDraw: mode === 'draw',
      scene: {
        elements: () => api.getSceneElementsIncludingDeleted(),
        show(elements) {
          api.updateScene({ elements, captureUpdate: CaptureUpdateAction.NEVER });
          if (mode === 'display') showAll(api);
        },
        held: () => heldIn(api.getAppState()),
      },
      onRefused: (reason) => refused.current(reason),
      random: Math.random,
    });
    binding.current = bound;
    if (mode !== 'draw') showAll(api);
    return () => {
      binding.current = null;
      bound.dispose();
    };
  }, [api, replica, mode]);

  const pointers = pointing?.pointers ?? null;
  useEffect(() => {
    if (!api || !pointing) return;
    const show = () => api.updateScene({ collaborators: toCollaborators(pointing) });
    show();
    return pointing.pointers.subscribe(show);
  }, [api, pointing]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: names follow the language, and what is drawn with the scene
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const name = () => nameParts(element, { menu: text('board.menu'), colours: text('board.colours') });
    name();
    // Excalidraw makes its parts as they are needed.
    const watching = new MutationObserver(name);
    watching.observe(element, { childList: true, subtree: true });
    return () => watching.disconnect();
  }, [language, api]);

  return (
    <div className="board-canvas" data-mode={mode} ref={frame} onPointerLeave={() => pointers?.point(null)}>
      <Excalidraw
        excalidrawAPI={setApi}
        initialData={{ elements: sceneOf(replica.elements()), scrollToContent: true }}
        onPointerUpdate={({ pointer, pointersMap }) => {
          // Two fingers move the board and point at nothing.
          if (mode === 'draw') pointers?.point(pointersMap.size < 2 ? { x: pointer.x, y: pointer.y } : null);
        }}
        onChange={() => binding.current?.follow()}
        viewModeEnabled={mode !== 'draw'}
        langCode={language}
        theme={scheme}
        UIOptions={options}
        validateEmbeddable={false}
        aiEnabled={false}
        isCollaborating={false}
        handleKeyboardGlobally={false}
        autoFocus={mode === 'draw'}
      >
        <MainMenu>
          <MainMenu.DefaultItems.ClearCanvas />
          <MainMenu.DefaultItems.Help />
        </MainMenu>
      </Excalidraw>
    </div>
  );
}

function sceneOf(elements: readonly BoardElement[]) {
  return elements.map((element) => toScene(element, undefined, 1));
}

/** Others’ cursors as Excalidraw draws them, with their names; whoever has none is not in the meeting any more. */
function toCollaborators({ pointers, names }: Pointing): Map<SocketId, Collaborator> {
  return new Map(
    [...pointers.others()].flatMap(([participantId, at]): [SocketId, Collaborator][] => {
      const username = names.get(participantId);
      if (username === undefined) return [];
      const colour = pointerColour(participantId);
      const pointer = { ...at, tool: 'pointer' } as const;
      // Its branded name for whoever else draws: any text that is one's own.
      return [
        [participantId as string as SocketId, { pointer, username, color: { background: colour, stroke: colour } }],
      ];
    }),
  );
}

function showAll(api: ExcalidrawImperativeAPI): void {
  api.scrollToContent(api.getSceneElements(), { fitToViewport: true, viewportZoomFactor: 0.9, animate: false });
}

/** Excalidraw changes these in place until the hand lets go. */
function heldIn({ newElement, multiElement, editingTextElement, resizingElement }: AppState): ReadonlySet<string> {
  return new Set([newElement, multiElement, editingTextElement, resizingElement].flatMap((held) => held?.id ?? []));
}

/** Gives a name to what Excalidraw leaves without one, for people who hear it. */
function nameParts(frame: HTMLElement, names: { menu: string; colours: string }): void {
  frame.querySelector('.main-menu-trigger')?.setAttribute('aria-label', names.menu);
  for (const picker of frame.querySelectorAll('.color-picker-container'))
    picker.setAttribute('aria-label', names.colours);
  // Its name would hide the percentage that it shows.
  frame.querySelector('.reset-zoom-button')?.removeAttribute('aria-label');
}

import type { MeetingView } from '@anteroom/shared/signalling/messages.ts';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useRef } from 'react';
import { useSeat } from '../control/seat.tsx';
import { texts } from '../locales/texts.ts';
import type { LocalMediaState } from '../media/local-media.ts';
import { ContentTile } from '../sharing/content-tile.tsx';
import type { JoinedState } from '../stage.ts';
import { arrangeTiles, mostTiles, mostTilesOnPhone, placeSelf } from './layout.ts';
import { viewTexts } from './locales/texts.ts';
import { type Box, boxesAroundLarge, boxesOfGallery, cornerBox, type Size } from './stage-boxes.ts';
import { SelfTile, Tile } from './tile.tsx';
import { useSize } from './use-size.ts';
import { useSpeech } from './use-speech.ts';
import { useToldView, viewOf } from './use-told-view.ts';

/** Of the picture in a window of its own, on a fine screen. */
const pipHeightPx = 480;

/** Below this width the stage is that of a phone. */
const phoneBelowPx = 700;

/** Everybody's pictures, as large as the stage allows in the chosen layout, and oneself among them or in their corner. */
export function Tiles({ media, onView }: { media: LocalMediaState; onView: (view: MeetingView) => void }) {
  const text = texts.useText();
  const { client, own, view, pip } = useSeat();
  const stage = useRef<HTMLDivElement>(null);
  const size = useSize(stage);
  const { roster, remotes, participantId: ownId } = client;
  const speech = useSpeech(roster, ownId);
  const content = contentOf(client);
  const isPhone = (size?.width ?? 0) < phoneBelowPx;
  const { large, small, page, pageCount } = arrangeTiles({
    roster,
    ownId,
    speech,
    layout: view.layout,
    hasContent: content !== null,
    pinnedId: view.pinnedId,
    spotlightId: client.talk.controls.spotlight,
    page: view.page,
    perPage: isPhone ? mostTilesOnPhone : mostTiles,
  });
  const shown = large ? [large, ...small] : small;
  const isWide = size !== null && size.width > size.height;
  const selfPlace = placeSelf(view.selfView, {
    ...{ othersCount: roster.length - 1, isWide, hasContent: content !== null },
  });
  const hasLarge = large !== null || content !== null;
  const standing = { hasLarge, count: small.length + (selfPlace === 'tile' ? 1 : 0), isPhone };
  const boxes = size ? boxesFor(size, standing) : [];
  const peopleBoxes = content ? boxes.slice(1) : boxes;
  const contentBox = boxes[0];
  const selfBox =
    selfPlace === 'hidden'
      ? undefined
      : selfPlace === 'corner'
        ? cornerBox(boxes.slice(0, 1), isPhone ? 8 : 16)
        : boxes.at(-1);
  const besides = pip.shownId === null ? null : { participantId: pip.shownId, heightPx: pipHeightPx };
  useToldView(viewOf({ shown, boxes: peopleBoxes, hasRoom: pageCount === 1, besides }, devicePixelRatio), onView);

  return (
    <>
      <div className="tiles-room" ref={stage}>
        <ul className="tiles" aria-label={text('in.tiles')}>
          {content && contentBox ? <ContentTile content={content} box={contentBox} /> : null}
          {shown.map((entry, index) => {
            const box = peopleBoxes[index];
            const id = entry.participantId;
            return box ? (
              <Tile
                key={id}
                entry={entry}
                stream={remotes.get(id) ?? null}
                box={box}
                isPinned={id === view.pinnedId}
                onPin={(isPinned) => view.pin(isPinned ? id : null)}
              />
            ) : null;
          })}
          {selfBox ? (
            <SelfTile
              media={media}
              name={own?.name ?? ''}
              isSpeaking={own?.isSpeaking ?? false}
              box={selfBox}
              isInCorner={selfPlace === 'corner'}
            />
          ) : null}
        </ul>
      </div>
      {pageCount > 1 ? <Pager page={page} pageCount={pageCount} onPage={view.setPage} /> : null}
    </>
  );
}

/** What somebody shares with this client: one's own screen one sees anyway. */
function contentOf({ talk: { content }, participantId }: JoinedState) {
  return content?.kind === 'screen' && content.participantId !== participantId ? content : null;
}

/** In the order of the tiles: the large one, `count` others. */
function boxesFor(
  size: Size,
  { hasLarge, count, isPhone }: { hasLarge: boolean; count: number; isPhone: boolean },
): Box[] {
  const gap = isPhone ? 8 : 14;
  if (!hasLarge) return boxesOfGallery(size, count, gap);
  const around = boxesAroundLarge(size, count, gap);
  return [around.large, ...around.small];
}

/** Through the pages of those who have no room on one. */
function Pager({ page, pageCount, onPage }: { page: number; pageCount: number; onPage: (page: number) => void }) {
  const text = viewTexts.useText();
  return (
    <nav className="pager" aria-label={text('pages.label')}>
      <button
        type="button"
        className="plain-control"
        aria-label={text('pages.before')}
        disabled={page === 0}
        onClick={() => onPage(page - 1)}
      >
        <IconChevronLeft size={20} stroke={1.75} aria-hidden="true" />
      </button>
      <span className="t2 tabular" aria-live="polite">
        {text('pages.at', { page: page + 1, count: pageCount })}
      </span>
      <button
        type="button"
        className="plain-control"
        aria-label={text('pages.after')}
        disabled={page === pageCount - 1}
        onClick={() => onPage(page + 1)}
      >
        <IconChevronRight size={20} stroke={1.75} aria-hidden="true" />
      </button>
    </nav>
  );
}

/** Where tiles go on the room display. Pure. Positions and sizes are even numbers, as I420 chroma wants them. */
export type Tile = { x: number; y: number; width: number; height: number };
type Size = { width: number; height: number };

const pictureRatio = 16 / 9;
/** Part of the screen's width that people take beside what is shared. */
const besideContent = 0.21;

const even = (value: number) => Math.floor(value / 2) * 2;

/**
 * Places `count` pictures of 16:9 on a screen as a grid of equal tiles, as large as they can be, `gap` apart and centred;
 * a last row that is not full is centred too. A single picture fills the screen.
 */
export function layoutTiles(count: number, screen: Size, gap: number): Tile[] {
  if (count <= 0) return [];
  if (count === 1) return [{ x: 0, y: 0, width: screen.width, height: screen.height }];
  return grid(count, screen, gap);
}

/**
 * Places what is shared, as large as it can be, and `count` people small in a column at its right. Nobody beside it leaves
 * the whole screen to it.
 */
export function layoutBesideContent(count: number, screen: Size, gap: number): { content: Tile; people: Tile[] } {
  if (count <= 0) return { content: { x: 0, y: 0, width: screen.width, height: screen.height }, people: [] };
  const left = even(screen.width * (1 - besideContent));
  return {
    content: { x: 0, y: 0, width: left, height: even(screen.height) },
    people: grid(count, { width: screen.width - left, height: screen.height }, gap).map((tile) => ({
      ...tile,
      x: left + tile.x,
    })),
  };
}

function grid(count: number, screen: Size, gap: number): Tile[] {
  const { columns, width } = bestGrid(count, screen, gap);
  const height = even(width / pictureRatio);
  const rows = Math.ceil(count / columns);
  const top = (screen.height - rows * height - (rows - 1) * gap) / 2;
  return Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / columns);
    const inRow = Math.min(columns, count - row * columns);
    const left = (screen.width - inRow * width - (inRow - 1) * gap) / 2;
    return {
      x: even(left + (index - row * columns) * (width + gap)),
      y: even(top + row * (height + gap)),
      width,
      height,
    };
  });
}

function bestGrid(count: number, screen: Size, gap: number) {
  let best = { columns: 1, width: 0 };
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns);
    const byWidth = (screen.width - (columns + 1) * gap) / columns;
    const byHeight = ((screen.height - (rows + 1) * gap) / rows) * pictureRatio;
    const width = even(Math.min(byWidth, byHeight));
    if (width > best.width) best = { columns, width };
  }
  return best;
}

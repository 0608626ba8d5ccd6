/** Where the tiles of a stage stand, in px from its corner. Knows nothing of who is in them. */
export type Size = { width: number; height: number };
export type Box = Size & { left: number; top: number };
type Around = { large: Box; small: Box[] };

/** A tile is cut to the place that it has within these proportions; a picture covers it. A phone held upright has high ones. */
const narrowest = 4 / 3;
const narrowestUpright = 0.8;
const widest = 2;
/** What is large has the camera's 16:9, so that nothing is cut; on a phone held upright it may be as high as wide. */
const largeAspect = 16 / 9;
/** Small tiles beside a large one have one of these parts of the height, and are never lower than the first. */
const smallParts = [0.12, 0.17, 0.22] as const;
/** What a px of the small ones counts against one of the large. */
const smallWeighs = 1.2;
const mostLines = 3;

/** All alike: in as many columns as make them largest, the last row in the middle. */
export function boxesOfGallery(stage: Size, count: number, gap: number): Box[] {
  if (count === 0) return [];
  const least = isUpright(stage) ? narrowestUpright : narrowest;
  let best: { columns: number; tile: Size } | null = null;
  for (let columns = 1; columns <= count; columns++) {
    const tile = cutTo(cellOf(stage, columns, Math.ceil(count / columns), gap), least, widest);
    if (!best || areaOf(tile) > areaOf(best.tile) * 1.001) best = { columns, tile };
  }
  return best ? standInRows(stage, count, best.columns, best.tile, gap) : [];
}

/** One large, `count` small ones in rows below it or in columns to its right, whichever shows more. */
export function boxesAroundLarge(stage: Size, count: number, gap: number): Around {
  if (count === 0) {
    return { large: middleOf(stage, cutTo(stage, isUpright(stage) ? 1 : largeAspect, largeAspect)), small: [] };
  }
  const lines = Array.from({ length: Math.min(mostLines, count) }, (_unused, index) => index + 1);
  const ways = smallParts.flatMap((part) =>
    lines.flatMap((each) => [
      below(stage, count, each, part, gap),
      ...(isUpright(stage) ? [] : [beside(stage, count, each, part, gap)]),
    ]),
  );
  const fitting = ways.filter((way) => isFitting(way, stage));
  return (fitting.length > 0 ? fitting : ways).reduce((best, way) => (worthOf(way) > worthOf(best) ? way : best));
}

/** The large one is large, and the small ones can be told. */
function isFitting({ large, small: [first] }: Around, stage: Size): boolean {
  if (!first) return true;
  const isTold = first.height >= Math.floor(stage.height * smallParts[0]);
  return isTold && areaOf(large) > areaOf(first) * (isUpright(stage) ? 1 : 4);
}

function worthOf({ large, small }: Around): number {
  return areaOf(large) + smallWeighs * small.reduce((sum, box) => sum + areaOf(box), 0);
}

function below(stage: Size, count: number, rows: number, part: number, gap: number): Around {
  const perRow = Math.ceil(count / rows);
  const cell = cellOf(stage, perRow, rows, gap);
  const width = Math.floor(Math.min(cell.width, stage.height * part * largeAspect));
  const lowest = width / largeAspect;
  const camera = cutTo({ width: stage.width, height: stage.height - rows * (lowest + gap) }, largeAspect, largeAspect);
  // Height that the camera's proportions leave makes the small ones higher, and then the large one.
  const most = (stage.height - camera.height - rows * gap) / rows;
  const tile = { width, height: Math.floor(Math.min(most, width, Math.max(lowest, stage.height * part))) };
  const spare = isUpright(stage) ? stage.height - camera.height - rows * (tile.height + gap) : 0;
  const large = { width: camera.width, height: Math.floor(Math.min(camera.width, camera.height + spare)) };
  const height = large.height + rows * (tile.height + gap);
  const top = Math.floor((stage.height - height) / 2);
  const strip = { width: stage.width, height: rows * (tile.height + gap) - gap };
  const small = standInRows(strip, count, perRow, tile, gap).map((box) => move(box, 0, top + large.height + gap));
  return { large: { ...large, left: Math.floor((stage.width - large.width) / 2), top }, small };
}

function beside(stage: Size, count: number, columns: number, part: number, gap: number): Around {
  const perColumn = Math.ceil(count / columns);
  const cell = cellOf(stage, columns, perColumn, gap);
  const height = Math.floor(Math.min(cell.height, stage.height * part));
  const tile = { width: Math.floor(height * largeAspect), height };
  const large = cutTo(
    { width: stage.width - columns * (tile.width + gap), height: stage.height },
    largeAspect,
    largeAspect,
  );
  const width = large.width + columns * (tile.width + gap);
  const left = Math.floor((stage.width - width) / 2);
  const strip = { width: columns * (tile.width + gap) - gap, height: stage.height };
  const small = standInRows(strip, count, columns, tile, gap).map((box) => move(box, left + large.width + gap, 0));
  return { large: { ...large, left, top: Math.floor((stage.height - large.height) / 2) }, small };
}

/** One's own picture in the corner of what the stage shows. */
export function cornerBox(shown: readonly Box[], margin: number): Box {
  const right = Math.max(...shown.map((box) => box.left + box.width));
  const bottom = Math.max(...shown.map((box) => box.top + box.height));
  const left = Math.min(...shown.map((box) => box.left));
  const width = Math.floor(Math.min(260, Math.max(112, (right - left) * 0.22)));
  const height = Math.floor(width / largeAspect);
  return { left: right - width - margin, top: bottom - height - margin, width, height };
}

function cellOf(stage: Size, columns: number, rows: number, gap: number): Size {
  return { width: (stage.width - (columns - 1) * gap) / columns, height: (stage.height - (rows - 1) * gap) / rows };
}

/** The largest of proportions between `least` and `most` that fits. */
function cutTo({ width, height }: Size, least: number, most: number): Size {
  return {
    width: Math.max(0, Math.floor(Math.min(width, height * most))),
    height: Math.max(0, Math.floor(Math.min(height, width / least))),
  };
}

function standInRows(stage: Size, count: number, columns: number, tile: Size, gap: number): Box[] {
  const rows = Math.ceil(count / columns);
  const top = (stage.height - rows * (tile.height + gap) + gap) / 2;
  return Array.from({ length: count }, (_unused, index) => {
    const row = Math.floor(index / columns);
    const inRow = Math.min(columns, count - row * columns);
    const left = (stage.width - inRow * (tile.width + gap) + gap) / 2;
    return {
      left: Math.floor(left + (index % columns) * (tile.width + gap)),
      top: Math.floor(top + row * (tile.height + gap)),
      ...tile,
    };
  });
}

function middleOf(stage: Size, tile: Size): Box {
  return {
    left: Math.floor((stage.width - tile.width) / 2),
    top: Math.floor((stage.height - tile.height) / 2),
    ...tile,
  };
}

function move(box: Box, byX: number, byY: number): Box {
  return { ...box, left: box.left + byX, top: box.top + byY };
}

function isUpright({ width, height }: Size): boolean {
  return height > width;
}

function areaOf({ width, height }: Size): number {
  return width * height;
}

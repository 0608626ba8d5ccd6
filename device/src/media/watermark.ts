import { escapeMarkup, font, type Size } from './graph.ts';

/**
 * The room's own name, again and again over everything that its displays show of a meeting, so that a film of them says
 * whose they were; the soft client draws the same. A row is an element of its own, because drawing costs by the area that
 * a text takes with everything between its lines: docs/decisions/watermark-on-displays.md has the figures.
 */
const rows = 5;
const partOfHeight = 0.028;
const space = ' ';
/**
 * Of a character, as parts of its height: rather less than they are, so that a row is too long and never too short. What
 * reaches over the display's edge is cut off.
 */
const widths = { narrow: 0.5, wide: 1, space: 0.2 } as const;

const rowName = (display: string, row: number) => `${display}-watermark-${row}`;

/** The elements that draw it over the display called `display`; they let pictures through untouched while silent. */
export function watermarkDescription(display: string, { height }: Size): string {
  const points = Math.max(6, Math.round(height * partOfHeight * 0.75));
  return Array.from({ length: rows }, (_, row) =>
    [
      `textoverlay name=${rowName(display, row)} silent=true text="" auto-resize=false wrap-mode=none draw-shadow=false`,
      'color=0x40ffffff outline-color=0x30000000 halignment=left xpad=0 valignment=position',
      `ypos=${((row + 0.5) / rows).toFixed(3)} font-desc="${font} ${points}"`,
    ].join(' '),
  ).join(' ! ');
}

/** What the elements of `display` say, so that the name fills it: every other row begins half a step further right. Pure. */
export function watermarkTexts(display: string, name: string, { width, height }: Size): Map<string, string> {
  const px = height * partOfHeight;
  const nameWidth = [...name].reduce((sum, character) => sum + px * widthOf(character), 0);
  const gap = Math.max(6, Math.round(nameWidth / (px * widths.space)));
  const step = nameWidth + gap * px * widths.space;
  const columns = Math.ceil(width / step);
  const line = Array.from({ length: columns }, () => name).join(space.repeat(gap));
  const shift = space.repeat(Math.round(step / 2 / (px * widths.space)));
  return new Map(
    Array.from({ length: rows }, (_, row) => [
      rowName(display, row),
      escapeMarkup(row % 2 === 0 ? line : `${shift}${line}`),
    ]),
  );
}

function widthOf(character: string): number {
  return /[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uff00-\uff60]/u.test(character) ? widths.wide : widths.narrow;
}

import type { BoardElement } from '@anteroom/shared/whiteboard/element.ts';
import { exportToBlob } from '@excalidraw/excalidraw';
import { type SceneElement, toScene } from './scene.ts';

/** As Excalidraw documents it: its own types name a package that it does not publish. */
type ToPicture = (options: {
  elements: readonly SceneElement[];
  files: null;
  mimeType: 'image/png';
  exportPadding: number;
  appState: { exportBackground: boolean; viewBackgroundColor: string; exportWithDarkMode: boolean };
  getDimensions: (width: number, height: number) => { width: number; height: number; scale: number };
}) => Promise<Blob>;
const toPicture: ToPicture = exportToBlob;

const marginPx = 32;
const mostPx = 4_096;

/** The whole board as a PNG, on white, whatever the reader's scheme. */
export async function drawBoardPicture(elements: readonly BoardElement[]): Promise<Blob> {
  return await toPicture({
    elements: elements.map((element) => toScene(element, undefined, 1)),
    files: null,
    mimeType: 'image/png',
    exportPadding: marginPx,
    appState: { exportBackground: true, viewBackgroundColor: '#ffffff', exportWithDarkMode: false },
    getDimensions: (width, height) => {
      const scale = Math.min(2, mostPx / Math.max(width, height, 1));
      return { width: width * scale, height: height * scale, scale };
    },
  });
}

/** Gives the picture to the browser as a download, named after the meeting. */
export async function downloadBoardPicture(elements: readonly BoardElement[], name: string): Promise<void> {
  const url = URL.createObjectURL(await drawBoardPicture(elements));
  const link = document.createElement('a');
  link.href = url;
  // Characters that a file name cannot have on one system or another.
  link.download = `${name.replace(/[\\/:*?"<>|\s\p{Cc}]+/gu, ' ').trim() || 'whiteboard'}.png`;
  link.click();
  URL.revokeObjectURL(url);
}

import { cp } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

/** Excalidraw's address of last resort for its fonts, as it stands in its code. */
const stranger = /("ASSETS_FALLBACK_URL",)`https:\/\/esm\.sh\/.*?\/dist\/prod\/`/g;

/** Serves Excalidraw's fonts beside the page that draws a whiteboard, and leaves no other address for them in its code. */
export function whiteboardFonts(): Plugin {
  let base = '/';
  let replaced = 0;
  return {
    name: 'whiteboard-fonts',
    configResolved(config) {
      base = config.base;
    },
    transform(code, id) {
      if (!id.includes('/@excalidraw/excalidraw/')) return null;
      return code.replace(stranger, (_found, name: string) => {
        replaced += 1;
        return `${name}new URL(${JSON.stringify(`${base}excalidraw/`)}, location.origin).href`;
      });
    },
    async writeBundle({ dir }) {
      if (!dir) throw new Error('whiteboard-fonts: the build has no output folder');
      if (replaced !== 1)
        throw new Error(`whiteboard-fonts: Excalidraw names its fonts' address ${replaced} times, not once`);
      const library = dirname(fileURLToPath(import.meta.resolve('@excalidraw/excalidraw')));
      await cp(join(library, 'fonts'), join(dir, 'excalidraw/fonts'), { recursive: true });
    },
  };
}

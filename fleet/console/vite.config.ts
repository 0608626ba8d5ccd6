import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { whiteboardFonts } from '../../scripts/lib/whiteboard-fonts.ts';

/** Writes `.br` and `.gz` beside what compresses well; the fleet sends those instead of compressing at every request. */
function compressedCopies(): Plugin {
  return {
    name: 'compressed-copies',
    async writeBundle({ dir }, bundle) {
      if (!dir) throw new Error('compressed-copies: the build has no output folder');
      for (const name of Object.keys(bundle).filter((file) => /\.(js|css)$/.test(file))) {
        const path = join(dir, name);
        const bytes = await readFile(path);
        await writeFile(`${path}.br`, await promisify(brotliCompress)(bytes));
        await writeFile(`${path}.gz`, await promisify(gzip)(bytes));
      }
    },
  };
}

// The fleet serves the bundle at `/`; nothing inlined, so that its Content-Security-Policy can name files alone.
export default defineConfig({
  base: '/',
  plugins: [react(), compressedCopies(), whiteboardFonts()],
  build: { outDir: 'dist', emptyOutDir: true, assetsInlineLimit: 0, chunkSizeWarningLimit: 500 },
});

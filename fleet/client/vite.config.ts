import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin, type Rolldown } from 'vite';
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

/** The board's program is large, and fetched with the first board. */
const boardPart = /\/whiteboard\/board-pane\.tsx$/;

/** Only what a page needs to open: no whiteboard, and other alphabets are fetched when a text has them. */
function filesOfShell(bundle: Rolldown.OutputBundle): string[] {
  const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
  const found = new Set<string>();
  const follow = (chunk: Rolldown.OutputChunk | undefined) => {
    if (!chunk || found.has(chunk.fileName) || boardPart.test(chunk.facadeModuleId ?? '')) return;
    found.add(chunk.fileName);
    for (const style of chunk.viteMetadata?.importedCss ?? []) found.add(style);
    for (const next of [...chunk.imports, ...chunk.dynamicImports]) {
      follow(chunks.find(({ fileName }) => fileName === next));
    }
  };
  follow(chunks.find(({ isEntry, name }) => isEntry && name === 'index'));
  const fonts = Object.keys(bundle).filter((file) => /^assets\/hanken-grotesk-latin-wght/.test(file));
  return [...found, ...fonts].sort();
}

/** Tells the service worker which files it keeps, and gives each build of it a version of its own. */
function shellOfWorker(): Plugin {
  return {
    name: 'shell-of-worker',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const worker = bundle['worker.js'];
      if (worker?.type !== 'chunk') throw new Error('shell-of-worker: the build has no worker.js');
      if (worker.imports.length > 0) throw new Error('shell-of-worker: worker.js has to be one file');
      const files = filesOfShell(bundle);
      const version = createHash('sha256').update(files.join('\n')).digest('hex').slice(0, 12);
      const shell = { version, files: files.map((file) => `/client/${file}`) };
      worker.code = worker.code.replaceAll('__SHELL__', JSON.stringify(shell));
    },
  };
}

// The page is served at `/m/<number>`, its files below `/client/`; nothing inlined, for the Content-Security-Policy.
export default defineConfig({
  base: '/client/',
  plugins: [react(), shellOfWorker(), compressedCopies(), whiteboardFonts()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1000,
    rolldownOptions: {
      input: { index: join(import.meta.dirname, 'index.html'), worker: join(import.meta.dirname, 'worker/main.ts') },
      // A service worker is found again by its address.
      output: { entryFileNames: ({ name }) => (name === 'worker' ? 'worker.js' : 'assets/[name]-[hash].js') },
    },
  },
});

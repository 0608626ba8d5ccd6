import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { whiteboardFonts } from '../../scripts/lib/whiteboard-fonts.ts';

// The terminal's agent serves the one bundle at `/` (touch panel) and `/display` (room display). Nothing is inlined, so
// that the agent's Content-Security-Policy can name files alone, and nothing is fetched from anywhere else.
export default defineConfig({
  base: '/',
  plugins: [react(), whiteboardFonts()],
  build: { outDir: 'dist', emptyOutDir: true, assetsInlineLimit: 0 },
});

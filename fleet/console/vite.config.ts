import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// The fleet serves the bundle at `/`; nothing inlined, so that its Content-Security-Policy can name files alone.
export default defineConfig({
  base: '/',
  plugins: [react()],
  build: { outDir: 'dist', emptyOutDir: true, assetsInlineLimit: 0 },
});

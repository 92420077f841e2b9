import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/** Address of the server that answers /api while developing: `npm run dev` beside `motcua serve --demo`. */
const apiTarget = process.env.MOTCUA_API ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: {
    host: '127.0.0.1',
    proxy: { '/api': { target: apiTarget }, '/health': { target: apiTarget } },
  },
  build: {
    target: 'es2022',
    // The CSP allows images from data: but no fonts, so nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          // What many pages share comes in two pieces instead of some fifty: each is a question to the server, and the
          // first page of the day waits for all of them.
          groups: [
            { name: 'libraries', test: /[\\/]node_modules[\\/]/, minShareCount: 2, priority: 2 },
            { name: 'shared', test: /[\\/]src[\\/]/, minShareCount: 5, priority: 1 },
          ],
        },
      },
    },
  },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}'],
    restoreMocks: true,
  },
});

import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const project = new URL('../../', import.meta.url); // the same from sandbox/ and from dist-sandbox/

/** Builds the browser part of the page into this folder. */
export async function buildPage(outDir: string): Promise<void> {
  await build({
    root: fileURLToPath(new URL('sandbox/page/browser', project)),
    configFile: false,
    logLevel: 'warn',
    build: { outDir, emptyOutDir: true, chunkSizeWarningLimit: 1000 },
  });
}

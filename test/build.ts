import { execFileSync } from 'node:child_process';
import { build } from 'vite';

/**
 * Some tests run the app as operators do, from `dist`, and the sandbox beside it. Types are checked before the tests. Those that
 * start a process only to kill it, or to read its output, run a single file of the same code, which takes half as long to load.
 */
export async function setup(): Promise<void> {
  for (const project of ['tsconfig.build.json', 'sandbox']) {
    execFileSync('npx', ['tsc', '-p', project, '--noCheck'], { stdio: ['ignore', 'inherit', 'inherit'] });
  }
  await build({
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true, external: ['dictionary-en'] }, // it reads a file beside it
    build: { ssr: 'dist/main.js', outDir: 'dist-sandbox/bundled' },
  });
}

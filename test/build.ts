import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { build } from 'vite';

/**
 * Some tests run the app as operators do, from `dist`, and the sandbox beside it. Types are checked before the tests. Those that
 * start a process only to kill it, or to read its output, run a single file of the same code, which takes half as long to load.
 */
export async function setup(): Promise<void> {
  const compile = (project: string) => promisify(execFile)('node_modules/.bin/tsc', ['-p', project, '--noCheck']);
  const bundle = build({
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true, external: ['dictionary-en'] }, // it reads a file beside it
    build: { ssr: 'src/main.ts', outDir: 'dist-sandbox/bundled' },
  });
  await Promise.all([compile('tsconfig.build.json'), compile('sandbox'), bundle]);
}

import { execFileSync } from 'node:child_process';

/** Some tests run the app as operators do, from `dist`, and the sandbox beside it. Types are checked before the tests. */
export function setup(): void {
  for (const project of ['tsconfig.build.json', 'sandbox']) {
    execFileSync('npx', ['tsc', '-p', project, '--noCheck'], { stdio: ['ignore', 'inherit', 'inherit'] });
  }
}

import { execFileSync } from 'node:child_process';

/** Some tests run the app as operators do, from `dist`, against the sandbox that was built beside it. */
export function setup(): void {
  execFileSync('npm', ['run', 'build:sandbox', '--silent'], { stdio: ['ignore', 'inherit', 'inherit'] });
}

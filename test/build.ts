import { execFileSync } from 'node:child_process';

/** Some tests run the app as operators do, from `dist`. */
export function setup(): void {
  execFileSync('npm', ['run', 'build', '--silent'], { stdio: ['ignore', 'inherit', 'inherit'] });
}

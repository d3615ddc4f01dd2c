import { existsSync } from 'node:fs';

const usualPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** Where Chromium is: `CHROMIUM`, or a usual path. Undefined if there is none. */
export function findChromium(): string | undefined {
  return [process.env.CHROMIUM ?? '', ...usualPaths].find((path) => path !== '' && existsSync(path));
}

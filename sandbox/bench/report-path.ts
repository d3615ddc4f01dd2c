import { Session } from 'node:inspector/promises';

/*
 * Loaded into the app's process before the app (`--import`): each message from the parent is answered with the files and
 * functions of `dist` that have run since the last one. https://chromedevtools.github.io/devtools-protocol/v8/Profiler/
 */

const session = new Session();
session.connect();
const started = session
  .post('Profiler.enable')
  .then(() => session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false }));

process.on('message', () => void pathSoFar().then((path) => process.send?.(path)));
process.channel?.unref();

async function pathSoFar(): Promise<{ files: string[]; functions: number }> {
  await started;
  const { result } = await session.post('Profiler.takePreciseCoverage');
  const ours = result
    .filter(({ url }) => url.includes('/dist/') && !url.includes('node_modules'))
    .map(({ url, functions }) => ({
      file: url.slice(url.indexOf('/dist/') + '/dist/'.length),
      called: functions.filter(({ functionName, ranges: [range] }) => functionName !== '' && (range?.count ?? 0) > 0),
    }))
    .filter(({ called }) => called.length > 0);
  return {
    files: ours.map(({ file }) => file).sort(),
    functions: ours.reduce((sum, { called }) => sum + called.length, 0),
  };
}

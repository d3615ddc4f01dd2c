import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, it, onTestFinished } from 'vitest';
import { freePort } from '../stories/free-port.js';

/** The exit status of the container's health check with these settings. */
async function check(settings: Record<string, string>): Promise<number | null> {
  const program = new URL('../../deploy/container/health-check.mjs', import.meta.url).pathname;
  const child = spawn(process.execPath, [program], { env: settings, stdio: 'ignore' });
  await once(child, 'exit');
  return child.exitCode;
}

async function answer(status: number): Promise<string> {
  const port = await freePort();
  const server = createServer(({ url }, response) => response.writeHead(url === '/healthz' ? status : 404).end());
  await once(server.listen(port, '127.0.0.1'), 'listening');
  onTestFinished(() => void server.close());
  return String(port);
}

it('the health check of the container asks the port of its mode', async () => {
  const [healthy, broken, silent] = await Promise.all([answer(200), answer(503), freePort().then(String)]);
  const socket = { SLACK_APP_TOKEN: 'xapp-sandbox', PORT: broken };
  const checks = [
    { PORT: healthy },
    { PORT: broken },
    { ...socket, HEALTH_PORT: healthy, HEALTH_HOST: '127.0.0.1' },
    { ...socket, HEALTH_PORT: silent },
    socket, // nothing to ask: the process lives
  ];
  expect(await Promise.all(checks.map(check))).toEqual([0, 1, 0, 1, 0]);
});

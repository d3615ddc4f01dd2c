import { onTestFinished } from 'vitest';
import type { BedrockOptions } from '../../sandbox/bedrock/start-bedrock.js';
import { startApp } from '../../sandbox/start-app.js';
import { startSandbox } from '../../sandbox/start-sandbox.js';

/** The app as a process of its own, connected; killed with the test, whatever it still draws. */
export async function startAppProcess(settings: Record<string, string>, bedrock: BedrockOptions = {}) {
  const sandbox = await startSandbox({ bedrock: { imageScale: 0.1, sameImage: true, ...bedrock } });
  onTestFinished(() => sandbox.close());
  const app = await startApp({ ...sandbox.environment, ...settings });
  onTestFinished(async () => void (await app.stop('SIGKILL')));
  await sandbox.workspace.waitForApp({ timeoutMs: 45_000 });
  return { ...sandbox, app };
}

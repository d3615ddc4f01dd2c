import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { startApp } from '../start-app.js';
import { startSandbox } from '../start-sandbox.js';
import { ask } from './usage.js';

/*
 * `npm run path`: how many files and named functions of the product one `/imagine` and one pick run in, by V8's coverage of
 * the process, and how many requests to S3 they make, by the stand-in's log. `-- --files` lists the files.
 */

const pathSchema = z.object({ files: z.array(z.string()), functions: z.number() });
const sandbox = await startSandbox({ bedrock: { imageScale: 0.25, latencyMs: 300 } });
const { workspace, s3, bucket, environment } = sandbox;
const app = await startApp(environment, { preload: new URL('./report-path.js', import.meta.url) });
const { ana } = workspace.people;
const { marketing } = workspace.channels;

/** Resolves once the app has begun a job and has none left: what was asked for is done. */
async function isDone(): Promise<void> {
  const isOpen = () => s3.objects(bucket).some(({ key }) => key.includes('/open/'));
  while (!isOpen()) await wait(5);
  while (isOpen()) await wait(5);
}

async function measure(name: string, act: () => Promise<unknown>): Promise<void> {
  await ask(app.process, 'path'); // forgets what ran before
  const before = s3.requests().length;
  await Promise.all([act(), isDone()]);
  const { files, functions } = pathSchema.parse(await ask(app.process, 'path'));
  const calls = s3
    .requests()
    .slice(before)
    .filter(({ presigned }) => !presigned);
  console.log(`${name}: ${files.length} files, ${functions} functions, ${calls.length} S3 calls`);
  if (process.argv.includes('--files')) console.log(files.map((file) => `  ${file}`).join('\n'));
  if (process.argv.includes('--files'))
    console.log(calls.map(({ operation, key }) => `  ${operation} ${key}`).join('\n'));
}

try {
  await workspace.waitForApp({ timeoutMs: 20_000 });
  const listings = () => s3.requests().filter(({ operation }) => operation === 'ListObjectsV2');
  while (listings().length < 2) await wait(5); // of open jobs and of old drafts, at the start
  const imagine = () => workspace.command({ user: ana.id, channel: marketing.id, text: 'a red fox in the snow' });
  await measure('one /imagine', imagine);
  const [message] = workspace.messages(marketing.id, { as: ana.id }).filter(({ isEphemeral }) => !isEphemeral);
  if (!message) throw new Error('no message');
  await measure('one pick', () =>
    workspace.click({ user: ana.id, channel: marketing.id, messageTs: message.ts, actionId: 'pick_image_1' }),
  );
} catch (error) {
  console.error(app.output());
  throw error;
} finally {
  await app.stop();
  await sandbox.close();
}

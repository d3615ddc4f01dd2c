import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type RunningApp, startApp } from './start-app.js';
import { type Sandbox, startSandbox } from './start-sandbox.js';
import type { SeenMessage } from './workspace/driver.js';

/*
 * `npm run demo -- a red fox in the snow`: a person types /imagine, four pictures come, one is picked. Everything goes
 * over the wire, between the app in a process of its own and the stand-ins in this one.
 */

type Tell = (sentence: string) => void;

const defaultPrompt = 'a red fox in the snow';
/** The picture that Ana picks: any would do. */
const favourite = 2;
const folder = 'demo-pictures';
/** How long the model takes over each picture: about as long as the real one, and not all the same. */
const modelMilliseconds = [1500, 2500, 4500, 6000];

async function demo(prompt: string): Promise<void> {
  const tell = createTell();
  const sandbox = await startSandbox();
  for (const milliseconds of modelMilliseconds) sandbox.bedrock.faults.add({ kind: 'slow', milliseconds });
  const app = await startApp(sandbox.environment);
  try {
    await Promise.race([play(sandbox, prompt, tell), failWhenItEnds(app)]);
  } catch (error) {
    throw new Error(
      `The demo failed: ${error instanceof Error ? error.message : error}\n\nThe app wrote:\n${app.output()}`,
    );
  } finally {
    await app.stop();
    await sandbox.close();
  }
}

async function play(sandbox: Sandbox, prompt: string, tell: Tell): Promise<void> {
  const { workspace } = sandbox;
  const { people, channels } = workspace;
  const user = people.ana.id;
  const channel = channels.marketing.id;
  const findMessage = () => workspace.messages(channel, { as: user }).find(({ botId, threadTs }) => botId && !threadTs);
  await workspace.waitForApp({ timeoutMs: 20_000 });
  tell('the app is connected to a Slack workspace that is only on this machine');

  const typed = await workspace.command({ user, channel, text: prompt });
  if (!typed.acknowledged) throw new Error(`Slack told Ana: ${typed.failure}`);
  tell(`Ana types /imagine ${prompt}`);
  tell(`  acknowledged in ${Math.round(typed.acknowledgedAfterMs)} ms`);
  const stopTelling = tellLines(sandbox, findMessage, tell);
  const complete = await workspace.waitFor(() => findFinished(findMessage()), {
    timeoutMs: 60_000,
    describe: 'four pictures to choose from',
  });

  tell(`Ana clicks "Use this one" under picture ${favourite}`);
  await workspace.click({ user, channel, messageTs: complete.ts, actionId: `pick_image_${favourite}` });
  const isKept = () => findMessage()?.images.some(({ fileId, problem }) => fileId && !problem);
  await workspace.waitFor(isKept, { timeoutMs: 30_000, describe: 'the picked picture as a file that Slack keeps' });
  stopTelling();
  tell('  the message is now that picture, kept as a file in Slack');
  await savePictures(sandbox, tell);
}

/** Tells each new last line of the message, such as "2 of 4 ready". */
function tellLines({ workspace }: Sandbox, findMessage: () => SeenMessage | undefined, tell: Tell): () => void {
  let told = '';
  return workspace.subscribe(() => {
    const line = lastLine(findMessage());
    if (line && line !== told) tell(`  ${line}`);
    told = line ?? told;
  });
}

function lastLine(message: SeenMessage | undefined): string | undefined {
  const context = message?.blocks.findLast((block) => block.type === 'context');
  const element = context?.elements[0];
  return element && 'text' in element ? element.text : undefined;
}

/** The message once its last line is the recipe. */
function findFinished(message: SeenMessage | undefined): SeenMessage | undefined {
  if (!lastLine(message)?.includes(' · batch ')) return undefined;
  if (message?.images.length !== 4) throw new Error(`there are ${message?.images.length} pictures, not four`);
  return message;
}

async function savePictures({ s3, bucket }: Sandbox, tell: Tell): Promise<void> {
  const pictures = s3.objects(bucket).filter(({ contentType }) => contentType.startsWith('image/'));
  await mkdir(folder, { recursive: true });
  for (const { key, bytes } of pictures) await writeFile(join(folder, basename(key)), bytes);
  tell(`all ${pictures.length} pictures are in the folder ${folder}`);
}

async function failWhenItEnds({ exited }: RunningApp): Promise<never> {
  throw new Error(`the app ended with status ${await exited}`);
}

function createTell(): Tell {
  const started = performance.now();
  return (sentence) => console.log(`${((performance.now() - started) / 1000).toFixed(1).padStart(5)} s  ${sentence}`);
}

try {
  await demo(process.argv.slice(2).join(' ') || defaultPrompt);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

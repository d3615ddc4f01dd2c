import { models } from '../bedrock/models.js';
import type { RunningApp } from '../start-app.js';
import { startSandbox } from '../start-sandbox.js';
import { askByCommand, askFromPost, chooseImage, type Stage } from './play.js';
import type { DemoWords } from './read-words.js';

/** How long the model takes over each image: about as long as the real one, and not all the same. */
const modelMilliseconds = [1500, 2500, 4500, 6000];
/** Where an app draws that is not told otherwise. */
const usualRegion = 'us-west-2';

interface DemoOptions extends Pick<Stage, 'tell' | 'folder'> {
  startApp(environment: Record<string, string>): Promise<Pick<RunningApp, 'output' | 'exited' | 'stop'>>;
}

/** A person types /imagine, or uses it on a post; four images come, one is picked. All of it goes over the wire. */
export async function runDemo(words: DemoWords, { startApp, ...options }: DemoOptions): Promise<void> {
  const sandbox = await startSandbox({
    openai: true,
    bedrock: { keepRetired: true, ...(words.isQuick && { imageScale: 0.1 }) },
  });
  const slow = words.isQuick ? [] : modelMilliseconds;
  for (const milliseconds of slow) sandbox.bedrock.faults.add({ kind: 'slow', milliseconds });
  const app = await startApp({ ...sandbox.environment, ...settingsOf(words) });
  const ended = app.exited.then((status) => Promise.reject(new Error(`the app ended with status ${status}`)));
  try {
    await Promise.race([play({ sandbox, ...options }, words), ended]);
  } catch (error) {
    throw new Error(
      `The demo failed: ${error instanceof Error ? error.message : error}\n\nThe app wrote:\n${app.output()}`,
    );
  } finally {
    ended.catch(() => undefined); // from here on it ends because it is told to
    await app.stop();
    await sandbox.close();
  }
}

/** The model, and a Region that has it. */
function settingsOf({ model }: DemoWords): Record<string, string> {
  if (!model) return {};
  const regions = models[model]?.regions ?? [usualRegion];
  const [region = usualRegion] = regions.includes(usualRegion) ? [usualRegion] : regions;
  return { IMAGE_MODEL: model, BEDROCK_REGION: region };
}

async function play(stage: Stage, { post, command, model }: DemoWords): Promise<void> {
  const { sandbox, tell } = stage;
  await sandbox.workspace.waitForApp({ timeoutMs: 20_000 });
  tell('the app is connected to a Slack workspace that is only on this machine');
  if (model) tell(`its model is ${model}`);
  const findMessage = await (post === undefined ? askByCommand(stage, command) : askFromPost(stage, post));
  if (findMessage) await chooseImage(stage, findMessage);
}

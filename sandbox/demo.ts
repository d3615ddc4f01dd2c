import { models } from './bedrock/models.js';
import { askByCommand, askFromPost, chooseImage, type Stage } from './demo/play.js';
import { type DemoWords, readDemoWords } from './demo/read-words.js';
import { servedModels } from './openai/server.js';
import { type RunningApp, startApp } from './start-app.js';
import { type Sandbox, startSandbox } from './start-sandbox.js';

/*
 * `npm run demo -- a red fox in the snow`: a person types /imagine, four images come, one is picked. Everything goes
 * over the wire, between the app in a process of its own and the stand-ins in this one.
 */

/** How long the model takes over each image: about as long as the real one, and not all the same. */
const modelMilliseconds = [1500, 2500, 4500, 6000];
/** Where an app draws that is not told otherwise. */
const usualRegion = 'us-west-2';

async function demo(words: DemoWords): Promise<void> {
  const tell = createTell();
  const { isQuick } = words;
  const sandbox = await startSandbox({
    openai: true,
    bedrock: { keepRetired: true, ...(isQuick && { imageScale: 0.25 }) },
  });
  const slow = isQuick ? [] : modelMilliseconds;
  for (const milliseconds of slow) sandbox.bedrock.faults.add({ kind: 'slow', milliseconds });
  const app = await startApp({ ...sandbox.environment, ...settingsOf(words) });
  try {
    await Promise.race([play(sandbox, words, tell), failWhenItEnds(app)]);
  } catch (error) {
    throw new Error(
      `The demo failed: ${error instanceof Error ? error.message : error}\n\nThe app wrote:\n${app.output()}`,
    );
  } finally {
    await app.stop();
    await sandbox.close();
  }
}

const isModelId = (name: string): boolean => Object.hasOwn(models, name) || servedModels.includes(name);

/** The model, and a Region that has it. */
function settingsOf({ model }: DemoWords): Record<string, string> {
  if (!model) return {};
  const regions = models[model]?.regions ?? [usualRegion];
  const [region = usualRegion] = regions.includes(usualRegion) ? [usualRegion] : regions;
  return { IMAGE_MODEL: model, BEDROCK_REGION: region };
}

async function play(sandbox: Sandbox, { post, command, model }: DemoWords, tell: Stage['tell']): Promise<void> {
  const stage = { sandbox, tell };
  await sandbox.workspace.waitForApp({ timeoutMs: 20_000 });
  tell('the app is connected to a Slack workspace that is only on this machine');
  if (model) tell(`its model is ${model}`);
  const findMessage = await (post === undefined ? askByCommand(stage, command) : askFromPost(stage, post));
  if (findMessage) await chooseImage(stage, findMessage);
}

async function failWhenItEnds({ exited }: RunningApp): Promise<never> {
  throw new Error(`the app ended with status ${await exited}`);
}

function createTell(): Stage['tell'] {
  const started = performance.now();
  return (sentence) => console.log(`${((performance.now() - started) / 1000).toFixed(1).padStart(5)} s  ${sentence}`);
}

try {
  await demo(readDemoWords(process.argv.slice(2), isModelId));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

import { models } from './bedrock/models.js';
import { readDemoWords } from './demo/read-words.js';
import { runDemo } from './demo/run-demo.js';
import { servedModels } from './openai/read-request.js';
import { startApp } from './start-app.js';

/*
 * `npm run demo -- a red fox in the snow`: the stand-ins are in this process, the app is in one of its own.
 */

const started = performance.now();
const isModelId = (name: string): boolean => Object.hasOwn(models, name) || servedModels.includes(name);

function tell(sentence: string): void {
  console.log(`${((performance.now() - started) / 1000).toFixed(1).padStart(5)} s  ${sentence}`);
}

try {
  await runDemo(readDemoWords(process.argv.slice(2), isModelId), { startApp, tell, folder: 'demo-images' });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

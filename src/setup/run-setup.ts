import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createImageModelOf } from '../app.js';
import { type Config, judgeSetting, readConfig } from '../config.js';
import { fix, ok } from '../core/check-result.js';
import { ConfigurationError } from '../core/errors.js';
import type { GenerateImage } from '../core/image-model.js';
import { runCheck } from '../doctor/check.js';
import { checkParts } from '../doctor/check-parts.js';
import { createDrawingCheck } from '../doctor/model-checks.js';
import { inSummary } from '../doctor/report.js';
import { aboutCost } from '../text/batch.js';
import { prepareAws } from './aws-steps.js';
import { StoppedError } from './dialog.js';
import { checkEnvFile } from './env-file.js';
import { createSetup, type Setup, type SetupDeps } from './setup.js';
import { askForTokens, createSlackApp } from './slack-steps.js';

/** From nothing to a finished `.env` and a doctor that is content. Resolves to the exit status. */
export async function runSetup(deps: SetupDeps): Promise<0 | 1> {
  const { dialog, folder, given, interrupted } = deps;
  const setup = createSetup(deps);
  const stopped = interrupted.then(() => Promise.reject(new StoppedError()));
  try {
    checkEnvFile(folder);
    dialog.begin('Imagine: from here to the first image. Ctrl+C stops at any time; run this again to go on.');
    for (const [name, value] of Object.entries(given)) setup.set(name, value);
    return await Promise.race([takeSteps(setup, folder), stopped]);
  } catch (error) {
    if (error instanceof StoppedError) {
      dialog.end('Stopped. Run `npm run setup` again to go on.');
      return 1;
    }
    if (!(error instanceof ConfigurationError)) throw error;
    dialog.tell(error.problems.map(fix));
    return 1;
  }
}

async function takeSteps(setup: Setup, folder: string): Promise<0 | 1> {
  const { dialog, options, known } = setup;
  const isNew = await createSlackApp(setup);
  await askForTokens(setup, isNew);
  await prepareAws(setup);
  if (options.asksForAll) await askForExtras(setup);
  while ((await check(setup)) > 0) {
    if (!options.isAttended || !(await repeat(setup))) {
      dialog.end('Fix what is left, then run `npm run doctor`.');
      return 1;
    }
  }
  await offerToDraw(setup, folder);
  dialog.end(`Start the app with \`npm start\`, then type ${known('SLACK_COMMAND') ?? '/imagine'} a red fox in Slack.`);
  return 0;
}

/** With `--all`. */
async function askForExtras(setup: Setup): Promise<void> {
  const { dialog, known, set } = setup;
  dialog.step('Extras: press Enter to leave one out, or as it is.');
  const extras = {
    OPENAI_API_KEY: "A key of OpenAI's, for its models beside Bedrock's (sk-…)",
    REDIS_URL: 'Redis or Valkey, for several processes (redis://…)',
  } as const;
  for (const [name, message] of Object.entries(extras)) {
    const setting = name === 'REDIS_URL' ? 'REDIS_URL' : 'OPENAI_API_KEY';
    const judge = (value: string) => judgeSetting(setting, value);
    const value = (await dialog.askSecret({ message, judge, isOptional: true })) || known(name);
    if (value) set(name, value);
  }
  await setup.save();
}

/** The doctor's checks. Resolves to the number of things to fix. */
async function check({ dialog, variables }: Setup): Promise<number> {
  dialog.step('Doctor: tries everything once. `npm run doctor` does so at any time.');
  const told = new Set<string>();
  let problems = 0;
  try {
    for (const results of checkParts(readConfig(variables()), false)) {
      const news = (await results).filter(({ text }) => !told.has(text) && told.add(text)); // several can meet the same
      problems += news.filter(({ kind }) => kind === 'fix').length;
      dialog.tell(news);
    }
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    dialog.tell(error.problems.map(fix));
    problems += error.problems.length;
  }
  dialog.step(inSummary(problems));
  return problems;
}

/** Whether a step was taken again. */
async function repeat(setup: Setup): Promise<boolean> {
  const next = await setup.dialog.choose('What next?', [
    { value: 'check', label: 'Check again, after a change on Slack’s or AWS’s side' },
    { value: 'app', label: 'Create the Slack app again' },
    { value: 'tokens', label: 'Tokens again' },
    { value: 'aws', label: 'AWS and the bucket again' },
    { value: 'end', label: 'Finish here' },
  ]);
  if (next === 'app') await askForTokens(setup, await createSlackApp(setup));
  if (next === 'tokens') await askForTokens(setup, true);
  if (next === 'aws') await prepareAws(setup);
  return next !== 'end';
}

const fox = 'first-fox.png';

/** One image, drawn as the doctor draws it, and kept to be looked at. */
async function offerToDraw({ dialog, options, variables }: Setup, folder: string): Promise<void> {
  const config: Config = readConfig(variables());
  const { label, modelId, pricePerImage } = config.IMAGE_MODEL;
  const price = aboutCost(1, pricePerImage);
  const message = `Draw a first fox with ${label}${price ? ` for ${price}` : ''}?`;
  const isWanted = options.isAttended ? await dialog.confirm(message, true) : options.draws;
  const generateImage = createImageModelOf(config)(modelId);
  if (!isWanted || !generateImage) return;
  const drawAndKeep: GenerateImage = async (request) => {
    const image = await generateImage(request);
    writeFileSync(join(folder, fox), image.bytes);
    return image;
  };
  const results = await runCheck(createDrawingCheck(config, drawAndKeep));
  dialog.tell(results);
  if (results.every(({ kind }) => kind === 'ok')) dialog.tell([ok(`fox: look at ${fox}`)]);
}

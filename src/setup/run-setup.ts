import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createImageModelOf } from '../app.js';
import { type Config, judgeSetting, readConfig } from '../config.js';
import { fix, note, ok } from '../core/check-result.js';
import { ConfigurationError } from '../core/errors.js';
import type { GenerateImage } from '../core/image-model.js';
import { runCheck } from '../doctor/check.js';
import { checkParts } from '../doctor/check-parts.js';
import { createDrawingCheck } from '../doctor/model-checks.js';
import { inSummary } from '../doctor/report.js';
import { aboutCost } from '../text/batch.js';
import { prepareAws } from './aws-steps.js';
import { StoppedError } from './dialog.js';
import { prepareEnvFile } from './env-file.js';
import { createSetup, type Setup, type SetupDeps } from './setup.js';
import { askForTokens, createSlackApp } from './slack-steps.js';

/** From nothing to a finished `.env` and a doctor that is content. Resolves to the exit status. */
export async function runSetup(deps: SetupDeps): Promise<0 | 1> {
  const { dialog, folder, interrupted } = deps;
  const stopped = interrupted.then(() => Promise.reject(new StoppedError()));
  try {
    dialog.begin('Imagine: from here to the first image. Ctrl+C stops at any time; run this again to go on.');
    prepareEnvFile(folder);
    return await Promise.race([takeSteps(createSetup(deps)), stopped]);
  } catch (error) {
    if (error instanceof ConfigurationError) dialog.tell(error.problems.map(fix));
    else if (!(error instanceof StoppedError)) throw error;
    dialog.end('Stopped. Run `npm run setup` again to go on.');
    return 1;
  }
}

async function takeSteps(setup: Setup): Promise<0 | 1> {
  const { dialog, options, known } = setup;
  const isNew = await createSlackApp(setup);
  await askForTokens(setup, isNew);
  await prepareAws(setup);
  if (options.asksForAll) await askForExtras(setup);
  while ((await runDoctor(setup)) > 0 || !(await offerToDraw(setup))) {
    if (!options.isAttended || !(await repeat(setup))) {
      dialog.end('Fix what is left, then run `npm run doctor`; with `-- --draw`, it draws an image too.');
      return 1;
    }
  }
  dialog.end(`Start the app with \`npm start\`, then type ${known('SLACK_COMMAND') ?? '/imagine'} a red fox in Slack.`);
  return 0;
}

/** With `--all`. */
async function askForExtras(setup: Setup): Promise<void> {
  const { dialog, known, set } = setup;
  dialog.step('Extras: press Enter to skip one, or to keep its value.');
  const extras = [
    ['OPENAI_API_KEY', "OpenAI API key (sk-…), to offer OpenAI's image model as well"],
    ['REDIS_URL', 'Redis or Valkey, for several processes (redis://…)'],
  ] as const;
  for (const [name, message] of extras) {
    const judge = (value: string) => judgeSetting(name, value);
    const value = (await dialog.askSecret({ name, message, judge, isOptional: true })) || known(name);
    if (value) set(name, value);
  }
  await setup.save();
}

/** The doctor's checks. Resolves to the number of things to fix. */
async function runDoctor({ dialog, variables, overridden }: Setup): Promise<number> {
  dialog.step('Doctor: tries everything once. `npm run doctor` does so at any time.');
  const told = new Set<string>();
  let problems = 0;
  try {
    for (const results of checkParts(readConfig(variables), false)) {
      const news = (await results).filter(({ text }) => !told.has(text) && told.add(text)); // several can meet the same
      problems += news.filter(({ kind }) => kind === 'fix').length;
      dialog.tell(news);
    }
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    dialog.tell(error.problems.map(fix));
    problems += error.problems.length;
  }
  const advice = (name: string) => `which the app would take. Run \`unset ${name}\` before \`npm start\`.`;
  dialog.tell(overridden().map((name) => note(`${name}: this terminal has another value, ${advice(name)}`)));
  dialog.step(inSummary(problems));
  return problems;
}

/** Flags have answered once; now the person is asked. Whether a step was taken again. */
async function repeat(before: Setup): Promise<boolean> {
  const setup = { ...before, options: { ...before.options, flags: {} } };
  const next = await setup.dialog.choose('What next?', [
    { value: 'check', label: 'Check again, after a change on Slack’s or AWS’s side' },
    { value: 'app', label: 'Create the Slack app again' },
    { value: 'tokens', label: 'Tokens again' },
    { value: 'aws', label: 'AWS and the bucket again' },
    { value: 'end', label: 'Finish here' },
  ]);
  if (next === 'app') await createSlackApp(setup, true);
  if (next === 'app' || next === 'tokens') await askForTokens(setup, true);
  if (next === 'aws') await prepareAws(setup);
  return next !== 'end';
}

const fox = 'first-fox.png';

/** One image, drawn as the doctor draws it, and kept to be looked at. Whether it came out, if it is wanted. */
async function offerToDraw({ dialog, options, variables, folder }: Setup): Promise<boolean> {
  const config: Config = readConfig(variables);
  const { label, modelId, pricePerImage } = config.IMAGE_MODEL;
  const price = aboutCost(1, pricePerImage);
  const message = `Draw a first fox with ${label}${price ? ` for ${price}` : ''}?`;
  const isWanted = options.isAttended ? await dialog.confirm(message, true) : options.draws;
  const generateImage = createImageModelOf(config)(modelId);
  if (!isWanted || !generateImage) return true;
  const drawAndKeep: GenerateImage = async (request) => {
    const image = await generateImage(request);
    writeFileSync(join(folder, fox), image.bytes);
    return image;
  };
  const results = await runCheck(createDrawingCheck(config, drawAndKeep));
  dialog.tell(results);
  const isDrawn = results.every(({ kind }) => kind === 'ok');
  if (isDrawn) dialog.tell([ok(`fox: look at ${fox}`)]);
  return isDrawn;
}

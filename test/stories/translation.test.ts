import { expect, it } from 'vitest';
import { ideasIn, seeForm, seeFormWith, seeIdeas, submit, wordsOf } from './form.js';
import { drawn as drawnOf } from './restart-story.js';
import { always, held, isFinished, type Story, startStory, textOf } from './story.js';

const german = 'ein roter Fuchs im Schnee bei Nacht';
const isConverse = ({ operation }: { operation: string }) => operation === 'Converse';
const asked = ({ bedrock }: Story) => bedrock.requests().filter(isConverse);
const drawn = ({ bedrock }: Story) =>
  bedrock.requests().flatMap(({ operation, body }) => (operation === 'InvokeModel' ? [JSON.stringify(body)] : []));

it('a command in another language is drawn from its translation, and Details has it as it was typed', async () => {
  const story = await startStory();
  await story.imagine(german);
  const message = await story.seeImages();
  const [record] = story.records();
  expect(record).toMatchObject({ original: german, prompt: expect.stringContaining('fox') });
  expect(textOf(message)).toContain(' asked for 4 images. Drawn from:');
  expect(textOf(message)).toContain(record?.prompt);
  for (const body of drawn(story)) expect(body).toContain(record?.prompt);
  expect(asked(story)).toHaveLength(1);
  await story.choose(message, 'details');
  const details = await seeFormWith(story, 'As it was typed');
  expect(wordsOf(details)).toContain(german);
  expect(wordsOf(details)).toContain(record?.prompt);
});

it('what should be left out is translated with the prompt, and a short translation is drawn too', async () => {
  const story = await startStory();
  await story.imagine('赤い狐 --no 犬');
  await story.seeImages();
  expect(story.records()[0]).toMatchObject({ prompt: expect.stringContaining('a fox'), original: '赤い狐' });
  expect(JSON.stringify(asked(story)[0]?.body)).toContain('To be left out: 犬');
  for (const body of drawn(story)) expect(body).not.toContain('犬');
});

it('a command in English asks no writer, and nothing is analyzed', async () => {
  const story = await startStory();
  await story.imagine('a red fox in the snow');
  await story.seeImages();
  expect([...asked(story), ...story.comprehend.requests()]).toEqual([]);
  expect(story.records()[0]?.original).toBeUndefined();
});

it('--as-is draws a prompt as it is, and asks nothing', async () => {
  const story = await startStory();
  await story.imagine(`${german} --as-is`);
  await story.seeImages();
  expect(asked(story)).toEqual([]);
  expect(story.records()[0]?.prompt).toBe(german);
});

it('users turn translation off and on again in their settings', async () => {
  const story = await startStory();
  for (const translation of ['ask', 'translate']) {
    await story.imagine('settings');
    await seeForm(story);
    await submit(story, { translation });
    await story.until(() => !story.workspace.openView(story.ana));
    await story.imagine(german);
    if (translation === 'translate') break;
    expect(wordsOf(await seeForm(story))).toContain('This looks like German.');
    expect(asked(story)).toEqual([]);
    await story.workspace.closeView(story.ana);
  }
  await story.seeImages();
  expect(story.records()[0]?.original).toBe(german);
});

it('a writer that fails at once leaves the question of the language, and says why there is no translation', async () => {
  const story = await startStory();
  story.bedrock.faults.add({ kind: 'error', name: 'AccessDeniedException' }, { when: isConverse });
  await story.imagine(german);
  const form = await seeForm(story);
  for (const told of [
    'Your prompt could not be translated. Imagine does not have access to the model that translates.',
    'This looks like German.',
  ])
    expect(wordsOf(form)).toContain(told);
  expect(drawn(story)).toEqual([]);
});

it('a writer that is too slow for a form leaves a message from which the prompt can be drawn as it is', async () => {
  const story = await startStory();
  story.bedrock.faults.add({ kind: 'slow', milliseconds: 5_500 }, { times: always, when: isConverse });
  await story.imagine(german);
  const told = await story.seePrivately('could not be translated. The translation took too long. Nothing was drawn.');
  await story.press(told, 'fix_request_2');
  await story.seeImages();
  expect(story.records().map(({ prompt }) => prompt)).toEqual([german]);
});

it('--refine shows three prompts before anything is drawn, and draws the chosen one where the command was typed', async () => {
  const story = await startStory();
  await story.imagine('We opened our roof garden at dawn, ask Maria Lopez. --refine --n 2 --style comic');
  const form = await seeIdeas(story);
  expect(ideasIn(form)).toHaveLength(3);
  expect(wordsOf(form)).toContain('Your text goes to Amazon Comprehend');
  expect(JSON.stringify(asked(story)[0]?.body)).not.toContain('Lopez');
  expect(drawn(story)).toEqual([]);
  await submit(story);
  const message = await story.seeImages(2);
  expect(message.threadTs).toBeUndefined();
  expect(story.records()[0]).toMatchObject({ prompt: ideasIn(form)[0], settings: { styleId: 'comic' } });
});

it('--refine without Comprehend still has prompts written', async () => {
  const story = await startStory({ settings: { POST_ANALYSIS: 'off' } });
  await story.imagine('We opened our roof garden at dawn. --refine');
  expect(ideasIn(await seeIdeas(story))).toHaveLength(3);
  expect(story.comprehend.requests()).toEqual([]);
});

it('a translated batch goes on after a restart, from its translation', async () => {
  const story = await startStory();
  story.bedrock.faults.add(held, { times: 2, when: ({ operation }) => operation === 'InvokeModel' });
  await story.imagine(`${german} --seed 100`);
  await story.restart(() => drawn(story).length === 4 && story.records()[0]?.destination);
  const message = await story.see('the images', (seen) => isFinished(seen));
  const [record] = story.records();
  expect(record?.original).toBe(german);
  expect(textOf(message)).toContain('Drawn from:');
  for (const body of drawn(story)) expect(body).toContain(record?.prompt);
  expect(asked(story)).toHaveLength(1);
  expect(Math.min(...drawnOf(story))).toBeGreaterThan(0);
});

import { expect, it } from 'vitest';
import type { SeenMessage } from '../../sandbox/workspace/seen.js';
import { seeForm } from './form.js';
import { isFinished, lastLine, type Story, startStory, textOf } from './story.js';

/** What its buttons say. */
const buttonsOf = (message: SeenMessage) =>
  [...textOf(message).matchAll(/"type":"button".*?"text":"([^"]*)"/g)].map(([, label]) => label);

async function ask(story: Story, text: string, words = 'Did you mean', where = {}): Promise<SeenMessage> {
  await story.imagine(text, where);
  return story.seePrivately(words, where);
}

const nothingDrawn = (story: Story) => expect([story.records(), story.posted()]).toEqual([[], []]);

it('“Did you mean watercolor?” has a button that draws with the corrected text, and the question goes away', async () => {
  const story = await startStory();
  const question = await ask(story, 'a red fox & friends --style watercolr --n 2 --v 7');
  expect(question.text).toContain("I don't know the style `watercolr`. Did you mean `watercolor`?");
  expect(buttonsOf(question)).toEqual(['Use watercolor']);
  nothingDrawn(story);
  await story.press(question, 'fix_request_1');
  const message = await story.seeImages(2);
  expect(story.records()).toMatchObject([
    { prompt: 'a red fox & friends', settings: { styleId: 'watercolor' }, requesterId: story.ana },
  ]);
  expect(lastLine(message)).toContain('Watercolor');
  await story.seePrivately("`--v 7` had no effect: Midjourney's flags are left out here.");
  expect(story.privately()).toHaveLength(1);
});

it('each mistake with a suggestion has its own button, and the next question has what is left of them', async () => {
  const story = await startStory();
  const question = await ask(story, 'a red fox --ar 4:3 --stlye photo --model ulta --n 1');
  expect(buttonsOf(question)).toEqual(['Use --style', 'Use ultra', 'Use 5:4', 'Use all']);
  await story.press(question, 'fix_request_2');
  const second = await story.seePrivately('Your text: `/imagine a red fox --ar 4:3 --stlye photo --model ultra');
  expect(buttonsOf(second)).toEqual(['Use --style', 'Use 5:4', 'Use all']);
  await story.press(second, 'fix_request_3');
  expect(lastLine(await story.seeImages(1))).toBe('Photo · 5:4');
  expect(story.records()[0]?.images[0]?.modelId).toContain('ultra');
  expect(story.privately()).toEqual([]);
});

it('a near miss of a command is asked about before anything is drawn, and either answer is one click', async () => {
  const story = await startStory();
  const question = await ask(story, 'histroy', '`/imagine history`');
  expect(buttonsOf(question)).toEqual(['Show history', 'Draw “histroy”']);
  nothingDrawn(story);
  await story.press(question, 'fix_request_1');
  await story.seePrivately('You have not drawn any images yet.');

  await story.press(await ask(story, 'models please', '`/imagine models`'), 'fix_request_1');
  await story.seePrivately('Stable Image Core (default): --model core');
  await story.press(await ask(story, 'my settings', '`/imagine settings`'), 'fix_request_1');
  await seeForm(story);
  nothingDrawn(story);

  await story.press(await ask(story, 'hlep', '`/imagine help`'), 'draw_request');
  await story.seeImages();
  expect(story.records()).toMatchObject([{ prompt: 'hlep' }]);
  expect(story.privately().filter(({ text }) => text.includes('Did you mean'))).toEqual([]);
});

it('--help shows help, wherever it is', async () => {
  const story = await startStory();
  for (const text of ['--help', '—help', '-h', 'a red fox --help']) await story.imagine(text);
  await story.until(() => story.privately().length === 4);
  for (const answer of story.privately()) expect(textOf(answer)).toContain('/imagine a red fox in the snow');
  nothingDrawn(story);
});

it('words of other tools are drawn without a question, and a private note says what became of them', async () => {
  const story = await startStory();
  await story.imagine('a red fox -ar 16:9 --style noir --v 7 --stylize 250 —fast --n 1');
  const message = await story.seeImages(1);
  expect(story.records()).toMatchObject([{ prompt: 'a red fox, noir style', settings: { aspectRatio: '16:9' } }]);
  expect(story.bedrock.requests().map(({ body }) => body)).toMatchObject([{ prompt: 'a red fox, noir style' }]);
  const note = await story.seePrivately('`--v 7`, `--stylize 250`, `—fast` had no effect');
  expect(note.text).toContain('The style `noir` was added to your prompt');
  expect(textOf(message)).not.toContain('no effect');
});

it('a question works where the bot may not post', async () => {
  const story = await startStory();
  const where = { channel: story.secret };
  await story.press(await ask(story, 'a red fox --stlye photo --v 7', 'Did you mean', where), 'fix_request_1');
  const message = await story.seeImages(4, where);
  expect(lastLine(message)).toContain('Photo');
  await story.seePrivately('`--v 7` had no effect', where);
});

it('a question is answered after a restart, even if Slack does not take it away', async () => {
  const story = await startStory();
  const question = await ask(story, 'a red fox --style watercolr');
  await story.app.stop();
  await story.startApp();
  story.workspace.faults.responseUrls.add({ kind: 'error', error: 'internal_error' });
  await story.press(question, 'fix_request_1');
  await story.seeImages();
});

it('a click on a question is held to the rules of the person who clicks', async () => {
  const story = await startStory();
  const [question, nearMiss] = [await ask(story, 'a red fox --style watercolr'), await ask(story, 'hlep', 'help`')];
  await story.app.stop();
  await story.startApp({ BLOCKED_USERS: story.ana });
  await story.press(question, 'fix_request_1');
  await story.press(nearMiss, 'draw_request');
  const told = () => story.privately().filter(({ text }) => text.includes('You cannot use Imagine'));
  await story.until(() => told().length === 2);
  nothingDrawn(story);
});

it('a text that no button can carry is quoted by its first line, and told what to type', async () => {
  const story = await startStory();
  const { text, blocks } = await ask(story, `a red fox\n${'in the snow '.repeat(180)}--style watercolr`);
  expect(text).toContain('Did you mean `watercolor`?');
  expect(text).toMatch(/Nothing was drawn\. Your text began: `\/imagine a red fox`$/);
  expect(blocks).toEqual([]);
  await story.imagine('a well-known -style of a helmet');
  await story.see('its images', isFinished);
  expect(story.records()).toMatchObject([{ prompt: 'a well-known -style of a helmet' }]);
});

import { expect, it } from 'vitest';
import { seeForm, submit } from './form.js';
import { always, type Story, startStory } from './story.js';

const guardrails = [{ identifier: 'gr1', version: '1', words: ['Contoso'], blockedMessage: 'Not for us to draw.' }];
const settings = { GUARDRAIL_ID: 'gr1', GUARDRAIL_VERSION: '1' };
const stopped = "This prompt was blocked by your organization's content policy, so nothing was drawn.";

const start = () => startStory({ settings, bedrock: { guardrails } });
const asked = (story: Story) => story.bedrock.requests().map(({ operation }) => operation);
/** From these levels on: Bolt's debug lines repeat what Slack sent. */
const linesOf = (story: Story, levels: RegExp) =>
  story
    .log()
    .split('\n')
    .filter((line) => levels.test(line));
const faults = (story: Story) => linesOf(story, /"level":[45]0/);

it('a guardrail is asked once, about the words that are sent, before four images are drawn', async () => {
  const story = await start();
  await story.imagine('a red fox --style comic --no text');
  await story.seeImages();
  expect(asked(story)).toEqual(['ApplyGuardrail', ...Array.from({ length: 4 }, () => 'InvokeModel')]);
  const prompt = 'a red fox, comic book art, bold ink outlines, halftone shading';
  expect(story.bedrock.requests()[0]).toMatchObject({
    region: 'us-west-2',
    body: { source: 'INPUT', content: [{ text: { text: prompt } }, { text: { text: 'text' } }] },
  });
});

it('a guardrail that steps in leaves nothing drawn and nothing kept, and only the asker reads why', async () => {
  const story = await start();
  const texts = ['the contoso logo', 'a logo --no contoso', 'a fox --model core,ultra --style comic contoso'];
  for (const text of texts) await story.imagine(text);
  await story.until(() => story.privately().length === 3);
  for (const { text } of story.privately()) {
    expect(text).toContain(stopped);
    expect(text).not.toContain('Not for us to draw.');
  }
  expect([story.posted(), story.records()]).toEqual([[], []]);
  expect(asked(story)).toEqual(texts.map(() => 'ApplyGuardrail'));
  expect(linesOf(story, /"level":[345]0.*guardrail blocked a prompt/)).toHaveLength(3);
  expect(linesOf(story, /"level":[345]0/).join()).not.toMatch(/contoso/i);
  expect(faults(story)).toEqual([]);
});

it('a guardrail steps in at the words of a form as well, and the form leaves nothing behind', async () => {
  const story = await start();
  const { ts } = story.workspace.post({ user: story.ben, channel: story.marketing, text: 'Our garden has opened.' });
  await story.fromPost(ts);
  await seeForm(story);
  expect(await submit(story, { prompt: 'the contoso garden' })).toMatchObject({ outcome: 'closed' });
  await story.seePrivately(stopped);
  await story.until(() => story.keys(/\/(batch|draft)\.json$/).length === 0);
});

it('a guardrail is asked again before an image is drawn again: it may have been set since', async () => {
  const story = await start();
  story.failImage(1, 'filtered image');
  await story.imagine('a red fox');
  const message = await story.seeImages(3);
  await story.changeRecord({
    sent: story.records().flatMap(({ sent }) => sent.map((to) => ({ ...to, prompt: 'the contoso fox' }))),
  });
  await story.choose(message, 'retry_failed');
  await story.seePrivately(stopped);
  await story.app.stop();
  expect(asked(story).filter((operation) => operation === 'InvokeModel')).toHaveLength(4);
  expect(story.bedrock.requests().at(-1)?.body).toMatchObject({ content: [{ text: { text: 'the contoso fox' } }] });
  expect(story.records()[0]?.images[0]).toMatchObject({ state: 'failed' });
  expect(story.jobs()).toEqual([]);
});

it('a guardrail that is down lets nothing through, and that is logged once', async () => {
  const story = await start();
  story.bedrock.faults.add({ kind: 'error', name: 'InternalServerException' }, { times: always });
  await story.imagine('a red fox');
  await story.seePrivately('the check did not answer, so nothing was drawn. Try again in a minute.');
  expect(story.records()).toEqual([]);
  expect(faults(story)).toEqual([expect.stringContaining('guardrail not available, nothing is drawn')]);
});

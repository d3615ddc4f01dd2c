import { expect, it } from 'vitest';
import type { SeenMessage } from '../../sandbox/workspace/seen.js';
import { always, isFinished, lastLine, startStory, textOf } from './story.js';

it('/imagine with a prompt first shows who asked for what, and the model', async () => {
  const story = await startStory();
  story.bedrock.faults.add({ kind: 'slow', milliseconds: 1000 }, { times: 4 });
  await story.imagine('a red fox in the snow');
  const message = await story.see('the placeholder', () => true);
  expect(message.text).toBe('Drawing 4 images of a red fox in the snow');
  expect(message.blocks[0]).toMatchObject({
    elements: [
      { elements: [{ user_id: story.ana }, { text: ' asked for 4 images of' }] },
      { type: 'rich_text_quote', elements: [{ text: 'a red fox in the snow' }] },
    ],
  });
  expect(lastLine(message)).toBe('Drawing 4 images · Stable Image Core');
});

it('/imagine with a prompt ends with four different images, each drawn by its own request and stored with its type', async () => {
  const story = await startStory({ bedrock: { sameImage: false } });
  await story.imagine('a red fox in the snow');
  const message = await story.seeImages();
  expect(message.images.map(({ altText }) => altText)).toEqual(['4 images, numbered 1 to 4: a red fox in the snow']);
  const [record] = story.records();
  const seed = story.seedOf(1) ?? 0;
  const bodies = story.bedrock.requests().map(({ body }) => body);
  const rest = { prompt: 'a red fox in the snow', aspect_ratio: '1:1', output_format: 'png' };
  expect(bodies).toHaveLength(4);
  expect(bodies).toEqual(expect.arrayContaining([0, 1, 2, 3].map((step) => ({ ...rest, seed: seed + step }))));

  const folder = `${story.workspace.team.id}/${story.marketing}/${record?.id}`;
  const objects = story.s3
    .objects(story.bucket)
    .filter(({ key }) => key.startsWith(folder) && !key.includes('/previews/'));
  expect(new Set(objects.flatMap(({ key, etag }) => (key.endsWith('.png') ? etag : []))).size).toBe(4);
  expect(objects.map(({ key, contentType }) => [key.slice(folder.length), contentType])).toEqual([
    ...[1, 2, 3, 4].map((number) => [`/${number}.png`, 'image/png']),
    ['/batch.json', 'application/json'],
  ]);
  expect(record).toMatchObject({
    version: 1,
    requesterId: story.ana,
    prompt: 'a red fox in the snow',
    settings: { aspectRatio: '1:1' },
    images: [{ state: 'stored', modelId: 'stability.stable-image-core-v1:1' }, {}, {}, {}],
  });
});

it('/imagine with a prompt decodes what Slack escaped before a model reads it, and never notifies or formats', async () => {
  const story = await startStory();
  const shown: SeenMessage[] = [];
  for (const prompt of [
    'salt & pepper for @ben in #marketing, see https://example.com/menu',
    '<!channel> hello',
    '*bold* <https://example.com|here> `code`',
    '@here @channel &lt;!everyone&gt;',
  ]) {
    await story.imagine(prompt);
    const message = await story.seeNewBatch(shown);
    shown.push(message);
    expect(message.text).not.toMatch(/<[!@#]/);
    const mrkdwn = JSON.stringify(message.blocks).match(/\{"type":"mrkdwn"[^}]*\}/g) ?? [];
    expect(mrkdwn.join()).not.toMatch(/<|channel|here|code/);
  }
  expect(story.records()[0]?.prompt).toBe('salt & pepper for someone in marketing, see https://example.com/menu');
});

it('/imagine answers with help that only the asker sees', async () => {
  const story = await startStory();
  for (const text of ['help', 'HELP', '  help ']) await story.imagine(text);
  await story.until(() => story.privately().length === 3);
  for (const answer of story.privately()) expect(textOf(answer)).toContain('/imagine a red fox in the snow');
  expect([story.posted(), story.records()]).toEqual([[], []]);
});

it('/imagine with a prompt shows the images that were drawn, and records why each of the others was not', async () => {
  // A deadline that leaves no room for the pause that follows throttling.
  const story = await startStory({ settings: { GENERATION_TIMEOUT_SECONDS: '5' } });
  const drawing = (number: number) => ({
    when: ({ seed }: { seed: number | undefined }) => seed === story.seedOf(number),
  });
  story.bedrock.faults.add({ kind: 'filtered prompt' }, drawing(2));
  story.bedrock.faults.add({ kind: 'error', name: 'ThrottlingException' }, { ...drawing(3), times: always });
  story.bedrock.faults.add({ kind: 'not an image' }, drawing(4));
  await story.imagine('a red fox in the snow');
  const message = await story.seeImages(1);
  expect(story.records()[0]?.images).toMatchObject([
    { state: 'stored' },
    { state: 'failed', reason: 'filtered_prompt' },
    { state: 'failed', reason: 'throttled' },
    { state: 'failed', reason: 'unusable_answer' },
  ]);
  await story.click(message, 1);
  expect((await story.seePicked()).images).toHaveLength(1);
});

it('/imagine with a prompt asks the model once for each image of a prompt that its filter blocks, and offers no other try', async () => {
  const story = await startStory();
  await story.imagine('something forbidden');
  const message = await story.see('the end', isFinished);
  expect(textOf(message).match(/content filter blocked this prompt/g)).toHaveLength(1);
  expect(textOf(message)).not.toContain('retry_failed');
  expect(story.bedrock.requests()).toHaveLength(4);
});

import { DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { webApi } from '@slack/bolt';
import sharp from 'sharp';
import { describe, expect, it, onTestFinished, test } from 'vitest';
import type { BedrockFault } from '../../sandbox/bedrock/bedrock-fault.js';
import { findRedisProblem, startRedis } from '../../sandbox/start-redis.js';
import type { SeenMessage } from '../../sandbox/workspace/seen.js';
import { missingImage, problemSentences } from '../../src/text/user-message.js';
import { initialValue, seeForm, seeModal, submit, wordsOf } from './form.js';
import { choose, ended, operate, startWithPicked, startWithPrivatePick } from './operate.js';
import { actionsOf, always, batchIdOf, held, type Story, startStory, startWithImages, textOf } from './story.js';

const larger = (story: Story, known: SeenMessage, where = {}) =>
  story.see(
    'the larger image',
    (seen) => seen.ts !== known.ts && textOf(seen).includes('a larger version') && seen.images.length > 0,
    where,
  );

/** Another image in the place of the stored one that she has chosen. */
async function replaceStored(story: Story, { width, height }: { width: number; height: number }): Promise<void> {
  const [Key] = story.keys(/\/2\.png$/);
  const Body = await sharp({ create: { width, height, channels: 3, background: '#c33' } })
    .png()
    .toBuffer();
  await new S3Client({}).send(new PutObjectCommand({ Bucket: story.bucket, Key, Body, ContentType: 'image/png' }));
}

const menuIdOf = (message: SeenMessage | undefined) => message?.blocks.find(({ type }) => type === 'actions')?.block_id;

/** Ana chooses this, so many times at once, in menus that the message does not have by now, or never had. */
async function putMenu({ workspace, ana: user }: Story, message: SeenMessage, value: string, count = 1): Promise<void> {
  const { channel, ts } = message;
  const options = [{ text: { type: 'plain_text' as const, text: 'Larger' }, value }];
  const element = { type: 'static_select' as const, action_id: 'image_menu', options };
  const blockIds = Array.from({ length: count }, (_, index) => `menu_${index}`);
  const blocks = blockIds.map((block_id) => ({ type: 'actions' as const, block_id, elements: [element] }));
  const { chat } = new webApi.WebClient(workspace.botToken, { slackApiUrl: workspace.apiUrl });
  await chat.update({ channel, ts, text: 'A menu', blocks });
  const click = { user, channel, messageTs: ts, actionId: 'image_menu', value };
  await Promise.all(blockIds.map((blockId) => workspace.choose({ ...click, blockId })));
}

test('what is made of a private image is private, and its parent is one click away', async () => {
  const { story, kept } = await startWithPrivatePick();
  await choose(story, kept, 'upscale');
  const result = await larger(story, kept);
  expect(result.isEphemeral).toBe(true);
  expect(await ended(story)).toMatchObject({ visibility: 'private', pick: { number: 1 } });
  expect(story.posted()).toEqual([]);
  const parent = story.records()[0]?.id.slice(-6).toLowerCase();
  expect(textOf(result)).toContain(`From image 2 of batch ${parent}`);
  await story.press(result, 'show_parent');
  await story.see('the parent', (seen) => seen.ts > result.ts && seen.images[0]?.altText === 'Image 2: a red fox');
});

test('where the app is not a member, a larger version comes as a link', async () => {
  const story = await startStory();
  const where = { channel: story.secret };
  await story.imagine('a red fox', where);
  const drawn = await story.seeImages(4, where);
  await story.click(drawn, 2);
  await choose(story, await story.seePicked(where), 'upscale');
  const result = await larger(story, drawn, where);
  expect(result).toMatchObject({ isEphemeral: false, images: [{ problem: undefined }] });
  expect(textOf(result)).toContain('This image is a link that works until');
});

const redisProblem = findRedisProblem();

test.skipIf(redisProblem)(`an operation waits in Redis as other images do${redisProblem ?? ''}`, async () => {
  const redis = await startRedis();
  onTestFinished(() => redis.stop());
  const { story, message } = await startWithPicked({ settings: { REDIS_URL: redis.url } });
  await operate(story, message, 'aspect_ratio', { aspect_ratios: ['16:9'] });
  expect(await ended(story)).toMatchObject({
    settings: { aspectRatio: '16:9' },
    images: [{ state: 'stored', modelId: 'us.stability.stable-outpaint-v1:0' }],
  });
});

test('another user makes something of an image on their own account', async () => {
  const { story, message } = await startWithPicked();
  await choose(story, message, 'upscale', story.ben);
  const result = await larger(story, message);
  expect(textOf(result)).toContain(`"user_id":"${story.ben}"},{"type":"text","text":" asked for a larger version:`);
  expect(await ended(story)).toMatchObject({ requesterId: story.ben, pick: { pickedBy: story.ben } });
  expect(story.keys(new RegExp(`/usage/.*${story.ben}`))).toHaveLength(1);
});

test('of two clicks of one user at once only one is paid for', async () => {
  const { story, message } = await startWithPicked();
  const value = `upscale:${batchIdOf(message)}`;
  await putMenu(story, message, value, 2);
  await story.seePrivately('You asked for this less than a minute ago');
  await ended(story);
  expect(story.bedrock.requests().filter(({ modelId }) => modelId.includes('upscale'))).toHaveLength(1);
});

test('of two requests of one user for the same only the first is paid for, and another user’s is a request of its own', async () => {
  const { story, message } = await startWithPicked();
  await choose(story, message, 'upscale');
  await larger(story, message);
  await story.settled();
  await story.until(() => menuIdOf(story.posted()[0]) !== menuIdOf(message)); // so that the same can be chosen again
  await choose(story, message, 'upscale');
  await story.seePrivately('You asked for this less than a minute ago');
  await choose(story, message, 'upscale', story.ben);
  await ended(story, 3);
  expect(story.bedrock.requests().filter(({ modelId }) => modelId.includes('upscale'))).toHaveLength(2);
});

test('variations whose process was killed in the middle are drawn by the next one, each once', async () => {
  const { story, message } = await startWithPicked();
  const isVariation = ({ modelId }: { modelId: string }) => modelId.includes('sd3-5');
  story.bedrock.faults.add(held, { when: isVariation, times: 2 });
  await operate(story, message, 'vary_strong');
  const isStored = ({ state }: { state: string }) => state === 'stored';
  await story.restart(() => story.records()[1]?.images.filter(isStored).length === 2);
  expect((await ended(story)).images.filter(isStored)).toHaveLength(4);
  expect(story.bedrock.requests().filter(isVariation)).toHaveLength(6); // two of them never answered
});

test('a larger image whose process was killed before its upload is uploaded by the next one', async () => {
  const { story, message } = await startWithPicked();
  story.planS3({ kind: 'slow', milliseconds: 600_000 }, 'GetObject', /\/1\.jpg$/);
  await choose(story, message, 'upscale');
  await story.restart(() => story.records()[1]?.finishedAt);
  expect(await ended(story)).toMatchObject({ pick: { number: 1, slackFileId: expect.any(String) } });
});

test('a larger image whose process was killed during its upload keeps its link', async () => {
  const { story, message } = await startWithPicked();
  story.planCalls('files.getUploadURLExternal', held);
  await choose(story, message, 'upscale');
  await story.restart(() => story.records()[1]?.pick?.uploadStartedAt);
  expect(textOf(await larger(story, message))).toContain('This image is a link that works until');
  expect((await ended(story)).pick?.slackFileId).toBeUndefined();
});

describe('a failure of the model is told, charges nothing, and leaves the parent as it is', () => {
  it.each<[string, BedrockFault, reason: keyof typeof missingImage]>([
    ['a filter of the input', { kind: 'filtered input image' }, 'filtered_input'],
    ['a filter of the output', { kind: 'filtered image' }, 'filtered_image'],
    ['a throttle', { kind: 'error', name: 'ThrottlingException' }, 'throttled'],
    ['an answer that is too large', { kind: 'oversized answer' }, 'failed'],
  ])('%s', async (_what, fault, reason) => {
    const { story, message } = await startWithPicked({ settings: { GENERATION_TIMEOUT_SECONDS: '8' } });
    story.bedrock.faults.add(fault, { when: ({ modelId }) => modelId.includes('upscale'), times: always });
    await choose(story, message, 'upscale');
    await story.see('why not', (seen) => seen.ts !== message.ts && textOf(seen).includes(missingImage[reason]));
    const batch = await ended(story);
    expect(batch).toMatchObject({ images: [{ state: 'failed', reason }] });
    expect(batch.pick).toBeUndefined();
    await story.imagine('usage');
    await story.seePrivately('Today: 4 images, about $0.16');
    expect(story.records()[0]?.pick?.number).toBe(2);
  });
});

test('the cost of an operation is shown before, and counted after', async () => {
  const { story, message } = await startWithPicked();
  expect(textOf(message)).toContain('Larger · $0.03');
  await choose(story, message, 'upscale');
  await ended(story);
  await story.imagine('usage');
  await story.seePrivately('Today: 5 images, about $0.19');
});

test('an operation counts for the limit of a day', async () => {
  const { story, message } = await startWithPicked({ settings: { IMAGES_PER_USER_PER_DAY: '4' } });
  await choose(story, message, 'upscale');
  await story.seePrivately('You have used up your 4 images of today.');
  expect(story.records()).toHaveLength(1);
});

test('an operation that the account may not call is no longer offered, and the log says so once', async () => {
  const { story, message } = await startWithPicked();
  story.bedrock.faults.add(
    { kind: 'error', name: 'AccessDeniedException' },
    { when: ({ modelId }) => modelId.includes('upscale'), times: always },
  );
  await Promise.all([choose(story, message, 'upscale'), choose(story, message, 'upscale', story.ben)]);
  await ended(story, 3);
  await putMenu(story, message, `upscale:${batchIdOf(message)}`); // on a screen that was not updated
  await story.seePrivately(problemSentences.operation_not_offered);
  expect(story.log().match(/operations not offered for an hour/g)).toHaveLength(1);
  await story.imagine('a blue owl');
  const other = await story.seeImages();
  await story.click(other, 1);
  const kept = await story.see(
    'the kept owl',
    (seen) => seen.ts === other.ts && actionsOf(seen).includes('image_menu'),
  );
  expect(textOf(kept)).toContain('Remove background');
  expect(textOf(kept)).not.toContain('Larger');
});

describe('an image that nothing can be made of is named, before anything is counted or shown', () => {
  it('one that a lifecycle rule deleted', async () => {
    const { story, message } = await startWithPicked();
    const [Key] = story.keys(/\/2\.png$/);
    await new S3Client({}).send(new DeleteObjectCommand({ Bucket: story.bucket, Key }));
    await choose(story, message, 'upscale');
    await story.seePrivately(problemSentences.input_gone);
    expect([story.records().length, story.jobs()]).toEqual([1, []]);
  });

  it('one of a discarded batch', async () => {
    const { story, message } = await startWithPicked();
    await story.changeRecord({ discardedAt: new Date().toISOString() });
    await choose(story, message, 'upscale');
    await story.seePrivately(problemSentences.input_discarded);
    expect(story.records()).toHaveLength(1);
  });

  it.each([
    ['too small', { width: 20, height: 20 }, problemSentences.input_too_small],
    ['too wide', { width: 900, height: 300 }, problemSentences.input_too_slim],
  ])('one that is %s', async (_what, size, sentence) => {
    const { story, message } = await startWithPicked();
    await replaceStored(story, size);
    await choose(story, message, 'remove_background');
    await story.seePrivately(sentence);
    expect(story.records()).toHaveLength(1);
  });

  it('one that would lose detail', async () => {
    const { story, message } = await startWithPicked();
    await replaceStored(story, { width: 2400, height: 2400 });
    await choose(story, message, 'upscale');
    await story.seePrivately(problemSentences.input_final_size);
  });

  it('one of another workspace, which a forged value names', async () => {
    const { story, message } = await startWithPicked();
    const other = '01JCZZZZZZZZZZZZZZZZ7F3A2C';
    const record = { ...story.records()[0], workspaceId: 'TOTHER1', id: other };
    await story.put(`TOTHER1/${story.marketing}/${other}/batch.json`, JSON.stringify(record));
    await putMenu(story, message, `upscale:${other}`);
    await story.seePrivately('I can no longer find these images.');
    expect(story.bedrock.requests().filter(({ modelId }) => modelId.startsWith('us.'))).toEqual([]);
  });
});

describe('from Full size, before anything is chosen', () => {
  async function openFullSize() {
    const { story, message } = await startWithImages();
    await story.choose(message, 'full_size');
    const { blocks } = await seeModal(story, 'Full size');
    const blockId = blocks.flatMap(({ block_id }) => (block_id?.startsWith('image_3') ? block_id : []))[0];
    const value = `upscale:${batchIdOf(message)}:3`;
    await story.workspace.chooseInView({ user: story.ana, blockId, actionId: 'image_menu', value });
    return { story, message, form: await seeModal(story, 'Larger') };
  }

  it('an operation opens its form on top, which closes both', async () => {
    const { story, message, form } = await openFullSize();
    expect(form.below).toBe(1);
    expect(wordsOf(form)).toContain('Draws one image, for about $0.03.');
    expect(await submit(story)).toEqual({ outcome: 'cleared' });
    await larger(story, message);
    expect(await ended(story)).toMatchObject({ input: { operation: 'upscale', source: { number: 3 } } });
    expect(story.workspace.openView(story.ana)).toBeUndefined();
  });

  it('a form that is closed starts nothing and leaves no draft', async () => {
    const { story } = await openFullSize();
    await story.workspace.closeView(story.ana);
    await story.workspace.closeView(story.ana);
    await story.until(() => story.keys(/\/drafts\//).length === 0);
    expect(story.records()).toHaveLength(1);
  });
});

it('“Change” opens the form of an operation that asks for words, as it was filled in', async () => {
  const { story, message } = await startWithPicked();
  await operate(story, message, 'replace', { target: 'fox', text: 'owl' });
  const replaced = await story.seeNewBatch([message]);
  await story.settled();
  await story.press(replaced, 'edit_prompt');
  const form = await seeForm(story);
  expect([initialValue(form, 'target'), initialValue(form, 'text')]).toEqual(['fox', 'owl']);
  await submit(story, { text: 'hare' });
  expect(await ended(story, 3)).toMatchObject({
    prompt: 'a red hare',
    input: { source: { id: story.records()[0]?.id } },
  });
});

it('“Again” makes the same of the same image', async () => {
  const { story, message } = await startWithPicked();
  await operate(story, message, 'replace', { target: 'fox', text: 'owl' });
  const replaced = await story.seeNewBatch([message]);
  await story.settled();
  await story.press(replaced, 'reroll');
  const { input, parent, images } = await ended(story, 3);
  expect([input, parent]).toEqual([story.records()[1]?.input, story.records()[1]?.parent]);
  expect(images[0]?.seed).not.toBe(story.records()[1]?.images[0]?.seed);
});

it('a field of spaces is asked for again', async () => {
  const { story, message } = await startWithPicked();
  await choose(story, message, 'replace');
  await seeForm(story);
  expect(await submit(story, { target: '  ', text: 'owl' })).toMatchObject({ outcome: 'errors', refusedBy: 'app' });
  expect(story.records()).toHaveLength(1);
});

test('what was typed into a form that has closed comes back with the reason why nothing was drawn', async () => {
  const { story, message } = await startWithPicked();
  await choose(story, message, 'replace');
  await seeForm(story);
  await story.changeRecord({ discardedAt: new Date().toISOString() });
  await submit(story, { target: 'the fox', text: 'an owl & a hare' });
  await story.seePrivately('You wrote: the fox · an owl &amp; a hare');
  expect(story.records()).toHaveLength(1);
});

test('words in a language that the model does not read are asked about once', async () => {
  const { story, message } = await startWithPicked();
  await choose(story, message, 'style_guide');
  await seeForm(story);
  const foreign = { text: 'uma raposa vermelha na neve, com a luz suave da manhã' };
  expect(await submit(story, foreign)).toMatchObject({ errors: { text: expect.stringContaining('Portuguese') } });
  expect(await submit(story, foreign)).toEqual({ outcome: 'cleared' });
  expect(await ended(story)).toMatchObject({ prompt: foreign.text });
});

test('“Retry failed” is refused once the image to work from was discarded', async () => {
  const { story, message } = await startWithPicked();
  story.bedrock.faults.add({ kind: 'inference error' }, { when: ({ modelId }) => modelId.includes('sd3-5') });
  await operate(story, message, 'vary_strong');
  await ended(story);
  const varied = await story.seeImages(3);
  const [parent] = story.records();
  const [key = ''] = story.keys(new RegExp(`/${parent?.id}/batch.json$`));
  await story.put(key, JSON.stringify({ ...parent, revision: 99, discardedAt: new Date().toISOString() }));
  await story.choose(varied, 'retry_failed');
  await story.seePrivately(problemSentences.input_discarded);
  expect(story.jobs()).toEqual([]);
});

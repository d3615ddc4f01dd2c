import sharp from 'sharp';
import { expect, it } from 'vitest';
import { defaultScopes } from '../../sandbox/workspace/options.js';
import type { SeenMessage } from '../../sandbox/workspace/seen.js';
import { missingImage } from '../../src/text/user-message.js';
import { initialValue, seeForm, seeFormWith, seeIdeas, submit, wordsOf } from './form.js';
import { counted } from './restart-story.js';
import { batchIdOf, denied, type Story, type StoryOptions, startStory, textOf } from './story.js';

const scopes = [...defaultScopes, 'files:read'];
const paint = (width = 800, height = 600) => sharp({ create: { width, height, channels: 3, background: 'firebrick' } });
/** An image of a phone, lying on its side. */
const photo = {
  name: 'photo.jpg',
  content: await paint()
    .jpeg()
    .withMetadata({ orientation: 6, exif: { IFD0: { Artist: 'Ana Almeida' } } })
    .toBuffer(),
};
const sketch = { name: 'sketch.png', content: await paint().png().toBuffer() };
const start = ({ settings, workspace, ...options }: StoryOptions = {}) =>
  startStory({
    ...options,
    workspace: { scopes, ...workspace },
    settings: { IMAGE_INPUT: 'on', PROMPT_MODEL: 'off', ...settings },
  });

/** Opens the form and draws from this image. */
async function drawFrom(
  story: Story,
  file = photo,
  values: Record<string, string> = {},
  { user = story.ana, channel = story.marketing } = {},
) {
  await story.imagine('', { user, channel });
  await seeForm(story, user);
  const sent = await submit(story, { prompt: 'a red fox', ...values, image: [file] }, user);
  expect(sent).toEqual({ outcome: 'closed' });
}

const inputKeys = (story: Story) => story.keys(/\/input\.\w+$/);
const storedInput = ({ s3, bucket, keys }: Story) =>
  sharp(s3.object(bucket, keys(/\/input\.\w+$/)[0] ?? '')?.bytes).metadata();

/** What each image was drawn from. */
async function sentImages({ bedrock }: Story) {
  const bodies = bedrock.requests().map(({ body }) => Object(body));
  return Promise.all(bodies.map(({ image }) => sharp(Buffer.from(image, 'base64')).metadata()));
}

const postImage = ({ workspace, marketing, ben }: Story, file = photo, channel = marketing) =>
  workspace.post({ channel, user: ben, text: 'A draft of our poster with a fox', files: [file] });

function expectNothing(story: Story): void {
  expect([story.records(), story.posted(), story.bedrock.requests(), inputKeys(story)]).toEqual([[], [], [], []]);
  expect(counted(story, story.ana) ?? []).toEqual([]);
}

it('an image that is added to the form is what four images start from, upright and without its metadata', async () => {
  const story = await start();
  await story.imagine('');
  const form = await seeForm(story);
  expect(wordsOf(form)).toMatch(
    /Start from it \(about \$0\.32\).*Keep its structure \(about \$0\.28\).*Color in a sketch/,
  );
  expect(initialValue(form, 'image_use')).toBe('image_to_image');
  const values = { prompt: 'a red fox', negative_prompt: 'snow', style: 'watercolor', seed: '7', image: [photo] };
  expect(await submit(story, values)).toEqual({ outcome: 'closed' });
  const message = await story.seeImages();
  expect(textOf(message)).toContain('asked for 4 images based on an image');
  const [{ id = '', channelId, input, settings, images } = { images: [] }] = story.records();
  const source = { channelId, id, number: 0, mediaType: 'image/jpeg' };
  expect({ input, settings }).toEqual({
    input: { operation: 'image_to_image', source },
    settings: { aspectRatio: '3:4', negativePrompt: 'snow', styleId: 'watercolor', seed: 7 },
  });
  expect(images.map(({ modelId, seed }) => [modelId, seed])).toEqual(
    [7, 8, 9, 10].map((seed) => ['stability.sd3-5-large-v1:0', seed]),
  );
  expect(inputKeys(story)).toEqual([`${story.workspace.team.id}/${channelId}/${id}/input.jpg`]);
  const { width, height, exif } = await storedInput(story);
  expect({ width, height, exif }).toEqual({ width: 600, height: 800 });
  expect(story.bedrock.requests()[0]?.body).toMatchObject({
    mode: 'image-to-image',
    negative_prompt: 'snow',
    prompt: expect.stringContaining('watercolor'),
  });
  expect(counted(story, story.ana)).toEqual([4]);
  expect(story.log()).not.toMatch(/"level":(?:40|50)/);
});

it.each([
  ['structure', 'us.stability.stable-image-control-structure-v1:0'],
  ['sketch', 'us.stability.stable-image-control-sketch-v1:0'],
])('an image is used for its %s by the model for that, whatever model is chosen', async (image_use, modelId) => {
  const story = await start();
  await drawFrom(story, sketch, { image_use, model: 'stability.stable-image-ultra-v1:1', aspect_ratio: '21:9' });
  await story.seeImages();
  expect(story.records()).toMatchObject([{ input: { operation: image_use }, settings: { aspectRatio: '4:3' } }]);
  expect(new Set(story.bedrock.requests().map((request) => request.modelId))).toEqual(new Set([modelId]));
  expect(await sentImages(story)).toMatchObject(Array.from({ length: 4 }, () => ({ width: 800, height: 600 })));
});

it('the form asks for no image unless it is turned on, and draws without one if it is', async () => {
  const off = await startStory({ workspace: { scopes } });
  await off.imagine('');
  expect(wordsOf(await seeForm(off))).not.toContain('image_use');
  await off.app.stop();
  const story = await start();
  await story.imagine('');
  await seeForm(story);
  await submit(story, { prompt: 'a red fox' });
  await story.seeImages();
  expect(story.records()[0]?.input).toBeUndefined();
  expect(inputKeys(story)).toEqual([]);
});

it('without the scope files:read the form asks for no image, and the log says why', async () => {
  const story = await start({ workspace: { scopes: defaultScopes } });
  await story.imagine('');
  expect(wordsOf(await seeForm(story))).not.toContain('image_use');
  expect(story.log()).toContain('images as input are off: the bot token lacks a scope');
  expect(await submit(story, { prompt: 'a red fox' })).toEqual({ outcome: 'closed' });
  await story.seeImages();
});

it.each([
  ['a web page', { name: 'page.png', content: Buffer.from('<html>Sign in</html>') }, 'I cannot read this image'],
  ['a GIF', { name: 'fox.jpg', content: await paint().gif().toBuffer() }, 'I cannot read this image'],
  ['a small image', { name: 'dot.png', content: await paint(20, 20).png().toBuffer() }, 'too small for that'],
  ['a strip', { name: 'strip.png', content: await paint(900, 90).png().toBuffer() }, 'more than two and a half times'],
])('%s in the form is refused in words, and nothing is drawn or counted', async (_what, file, words) => {
  const story = await start();
  await drawFrom(story, file);
  await story.seePrivately(words);
  expectNothing(story);
});

it('a mistake in another field is told, and the image is kept', async () => {
  const story = await start();
  await story.imagine('');
  await seeForm(story);
  const refused = await submit(story, { prompt: 'a fox', seed: 'seven', image: [photo] });
  expect(refused).toMatchObject({ outcome: 'errors', refusedBy: 'app', errors: { seed: expect.any(String) } });
  expect(await submit(story, { seed: '7' })).toEqual({ outcome: 'closed' });
  await story.seeImages();
  expect(story.records()[0]?.input?.operation).toBe('image_to_image');
});

it('an image is kept when the form changes, with a choice not to use it', async () => {
  const story = await start();
  await story.imagine('');
  await seeForm(story);
  const german = { prompt: 'ein roter Fuchs im Schnee bei Nacht', image_use: 'structure', image: [photo] };
  expect(await submit(story, german)).toEqual({ outcome: 'updated' });
  const form = await seeFormWith(story, 'The image is kept.');
  expect(wordsOf(form)).toContain('Stable Control Structure reads English only');
  expect(wordsOf(form)).toContain('Draws 4 images, for about $0.28.');
  expect(initialValue(form, 'image_use')).toBe('structure');
  await story.workspace.typeInView({ user: story.ana, values: { image_use: 'none' } });
  await seeFormWith(story, 'Draws 4 images, for about $0.16.');
  await story.workspace.typeInView({ user: story.ana, values: { image_use: 'sketch' } });
  await seeFormWith(story, 'Draws 4 images, for about $0.28.');
  expect(await submit(story)).toEqual({ outcome: 'closed' });
  await story.seeImages();
  expect(story.records()).toMatchObject([{ input: { operation: 'sketch' } }]);
});

it('a post with an image offers it, and draws from it in the thread if that is chosen', async () => {
  const story = await start();
  const post = postImage(story);
  await story.fromPost(post.ts);
  const form = await seeFormWith(story, 'This post has an image.');
  expect(initialValue(form, 'image_use')).toBe('none');
  expect(form.blocks.some((block) => block.type === 'input' && block.block_id === 'image')).toBe(false);
  await submit(story, { prompt: 'a red fox', image_use: 'image_to_image' });
  const message = await story.see('the images', ({ threadTs, blocks }) => threadTs === post.ts && blocks.length > 0);
  await story.settled();
  expect(message.threadTs).toBe(post.ts);
  expect(story.records()).toMatchObject([{ input: { operation: 'image_to_image' }, settings: { aspectRatio: '3:4' } }]);
  expect(await sentImages(story)).toHaveLength(4);
});

it('a post with an image is drawn from its words alone unless the image is chosen', async () => {
  const story = await start();
  const post = postImage(story);
  await story.fromPost(post.ts);
  await seeFormWith(story, 'This post has an image.');
  await submit(story, { prompt: 'a red fox' });
  await story.until(() => story.records()[0]?.finishedAt);
  expect(story.records()[0]?.input).toBeUndefined();
  expect(story.workspace.calls().map(({ method }) => method)).not.toContain('files.info');
});

it('a post with another file offers the field for an image', async () => {
  const story = await start();
  const post = postImage(story, { name: 'brief.pdf', content: Buffer.from('%PDF-') });
  await story.fromPost(post.ts);
  expect(initialValue(await seeIdeas(story), 'image_use')).toBe('image_to_image');
});

it('an image of a post that is larger than 10 MB is refused without a download', async () => {
  const story = await start();
  const content = Buffer.concat([photo.content, Buffer.alloc(10_485_761 - photo.content.length)]);
  const post = postImage(story, { name: 'large.jpg', content });
  await story.fromPost(post.ts);
  await seeFormWith(story, 'This post has an image.');
  await submit(story, { prompt: 'a red fox', image_use: 'sketch' });
  await story.seePrivately('larger than 10 MB');
  expect(story.workspace.calls().map(({ method }) => method)).not.toContain('download');
  expect([story.records(), story.bedrock.requests()]).toEqual([[], []]);
});

it('an image of a post where the bot is no member is refused with what to do', async () => {
  const story = await start();
  const post = postImage(story, photo, story.secret);
  await story.fromPost(post.ts, story.secret);
  await seeFormWith(story, 'This post has an image.');
  await submit(story, { prompt: 'a red fox', image_use: 'sketch' });
  await story.seePrivately('Please add me there', { channel: story.secret });
  expect([story.records(), story.bedrock.requests()]).toEqual([[], []]);
});

it.each([
  ['files.info', { kind: 'error', error: 'missing_scope' }, 'Imagine may not read files here', 'error'],
  ['files.info', { kind: 'error', error: 'file_deleted' }, 'I cannot see this image', 'warn'],
  ['download', { kind: 'error', error: 'not_visible' }, 'I cannot see this image', 'warn'],
  ['download', { kind: 'http_500' }, 'Slack did not send me the image', 'warn'],
  ['download', { kind: 'reset' }, 'Slack did not send me the image', 'warn'],
] as const)(
  'if %s ends as %o, the user reads what to do, and the log has no token',
  async (method, fault, words, level) => {
    const story = await start();
    story.planCalls(method, fault);
    await drawFrom(story);
    await story.seePrivately(words);
    expectNothing(story);
    expect(story.log()).toMatch(new RegExp(`"level":"?${level === 'error' ? '50|"error"' : '40|"warn"'}`));
    expect(story.log()).not.toContain(story.workspace.botToken);
  },
);

it('a download that is slower than the three seconds that Slack waits is drawn from all the same', async () => {
  const story = await start();
  story.planCalls('download', { kind: 'slow', ms: 4000 });
  await drawFrom(story);
  await story.seeImages();
  expect(story.records()[0]?.input?.source.number).toBe(0);
});

it('in private, what is drawn from an image is shown to its user alone', async () => {
  const story = await start({ settings: { DEFAULT_VISIBILITY: 'private' } });
  await drawFrom(story);
  await story.seePrivately('based on an image');
  await story.settled();
  expect(story.posted()).toEqual([]);
  expect(story.records()).toMatchObject([{ visibility: 'private', input: { operation: 'image_to_image' } }]);
});

it('an image is drawn from in a conversation that the bot may not post in', async () => {
  const story = await start();
  await drawFrom(story, photo, {}, { channel: story.secret });
  await story.seeImages(4, { channel: story.secret });
  expect(await sentImages(story)).toHaveLength(4);
});

it('a process that is killed while it draws from an image is followed by one that draws from the stored image', async () => {
  const story = await start();
  story.bedrock.faults.add({ kind: 'never' }, { times: 4 });
  await drawFrom(story);
  await story.restart(() => story.bedrock.requests().length === 4);
  await story.seeImages();
  expect(await sentImages(story)).toHaveLength(8);
  expect(story.workspace.calls().filter(({ method }) => method === 'download')).toHaveLength(1);
  expect(counted(story, story.ana)).toEqual([4]);
});

const press = (story: Story, message: SeenMessage, actionId: string, user?: string) =>
  story.press(message, actionId, user);

it('“Again” works from the image that the first batch has, also for another user and again after that', async () => {
  const story = await start();
  await drawFrom(story);
  const first = await story.seeImages();
  const source = story.records()[0]?.input?.source;
  await press(story, first, 'reroll', story.ben);
  const second = await story.seeNewBatch([first]);
  await press(story, second, 'reroll');
  await story.seeNewBatch([first, second]);
  await story.settled();
  expect(story.records().map(({ input }) => input?.source)).toEqual([source, source, source]);
  expect([inputKeys(story).length, (await sentImages(story)).length]).toEqual([1, 12]);
});

it('“Again” says so in words if the stored image is damaged', async () => {
  const story = await start();
  await drawFrom(story);
  const message = await story.seeImages();
  await story.settled();
  await story.put(inputKeys(story)[0] ?? '', 'not an image any more');
  await story.app.stop();
  await story.startApp();
  await press(story, message, 'reroll');
  await story.seePrivately('I cannot read this image');
  expect(story.records()).toHaveLength(1);
});

it('“Change” keeps the image and its use, without an upload', async () => {
  const story = await start();
  await drawFrom(story, sketch, { image_use: 'sketch', negative_prompt: 'snow' });
  const message = await story.seeImages();
  await press(story, message, 'edit_prompt');
  const form = await seeFormWith(story, 'The image is kept.');
  expect([initialValue(form, 'image_use'), initialValue(form, 'prompt')]).toEqual(['sketch', 'a red fox']);
  expect(await submit(story, { prompt: 'a gray wolf', image_use: 'structure' })).toEqual({ outcome: 'closed' });
  await story.seeNewBatch([message]);
  const [first, second] = story.records();
  expect(second).toMatchObject({
    prompt: 'a gray wolf',
    input: { operation: 'structure', source: first?.input?.source },
    settings: { aspectRatio: '4:3' },
    parent: { id: batchIdOf(message) },
  });
  expect(story.workspace.calls().filter(({ method }) => method === 'download')).toHaveLength(1);
});

it('“Change” without the image draws from the prompt alone, with the default model', async () => {
  const story = await start();
  await drawFrom(story, sketch, { image_use: 'sketch' });
  const message = await story.seeImages();
  await press(story, message, 'edit_prompt');
  await seeFormWith(story, 'The image is kept.');
  await submit(story, { image_use: 'none' });
  await story.seeNewBatch([message]);
  expect(story.records()[1]?.input).toBeUndefined();
  expect(story.records()[1]?.images[0]?.modelId).toBe('stability.stable-image-core-v1:1');
});

it('a use that is no longer offered is refused without a charge', async () => {
  const story = await start();
  await story.imagine('');
  await seeForm(story);
  await story.app.stop();
  await story.startApp({ IMAGE_OPERATIONS: 'upscale' });
  await submit(story, { prompt: 'a red fox', image: [photo] });
  await story.seePrivately('Imagine cannot do this here at the moment');
  expectNothing(story);
});

it('an image whose request goes beyond a limit is not kept', async () => {
  const story = await start({ settings: { IMAGES_PER_USER_PER_DAY: '3' } });
  await drawFrom(story);
  await story.seePrivately('3 of your 3 images left today');
  await story.until(() => story.asked('DeleteObject', /input/).length === 1);
  expectNothing(story);
});

it('two users at once each draw from their own image', async () => {
  const story = await start();
  await Promise.all([drawFrom(story), drawFrom(story, sketch, {}, { user: story.ben })]);
  await story.until(() => story.records().filter(({ finishedAt }) => finishedAt).length === 2);
  const ratios = story.records().map(({ requesterId, settings }) => [requesterId, settings.aspectRatio]);
  expect(Object.fromEntries(ratios)).toEqual({ [story.ana]: '3:4', [story.ben]: '4:3' });
  const sizes = (await sentImages(story)).map(({ width, height }) => `${width} × ${height}`);
  expect(sizes.toSorted()).toEqual([...Array(4).fill('600 × 800'), ...Array(4).fill('800 × 600')]);
  expect(inputKeys(story)).toHaveLength(2);
});

it('an image that the content filter of the model blocks is told in words, and nothing is counted', async () => {
  const story = await start();
  story.bedrock.faults.add({ kind: 'filtered input image' }, { times: 4 });
  await drawFrom(story);
  await story.see('the reason', (seen) => textOf(seen).includes(missingImage.filtered_input));
  await story.settled();
  expect(counted(story, story.ana)).toEqual([]);
});

it('a form of which the image of the post cannot be found stays open until it can', async () => {
  const story = await start();
  await story.fromPost(postImage(story).ts);
  await seeFormWith(story, 'This post has an image.');
  await story.workspace.typeInView({ user: story.ana, values: { prompt: 'a red fox', image_use: 'sketch' } });
  await seeFormWith(story, 'for about $0.28');
  story.planS3(denied, 'GetObject', /draft\.json$/);
  expect(await submit(story)).toMatchObject({ outcome: 'errors', refusedBy: 'app' });
  expect([story.records(), story.bedrock.requests()]).toEqual([[], []]);
  expect(await submit(story)).toEqual({ outcome: 'closed' });
  await story.until(() => story.records()[0]?.input?.operation === 'sketch');
});

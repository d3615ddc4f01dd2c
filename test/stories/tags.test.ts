import { expect, it } from 'vitest';
import { denyS3, examine } from './doctor.js';
import { seeModal, wordsOf } from './form.js';
import { choose, ended } from './operate.js';
import { denied, held, isPicked, type Story, startStory, startWithImages, textOf } from './story.js';

const tagging = { settings: { TAG_IMAGES: 'on' } };
const gone = 'This image is no longer stored';
const rule =
  '<LifecycleConfiguration><Rule><Filter><Tag><Key>imagine</Key><Value>unpicked</Value></Tag></Filter><Status>Enabled</Status><Expiration><Days>30</Days></Expiration></Rule></LifecycleConfiguration>';

/** What the tag of each image says, in the order of their keys. */
const tagsOf = ({ s3, bucket, keys }: Story) =>
  keys(/\.png$|\/\d\.jpg$/).map((key) => s3.object(bucket, key)?.tags.imagine);

/** A month later, S3 has deleted what was not chosen. */
function passMonth({ s3, bucket }: Story): void {
  Object.assign(s3.settings(bucket), { lifecycle: rule });
  s3.applyLifecycle(bucket, new Date(Date.now() + 31 * 86_400_000));
}

it('images are tagged as not chosen when they are stored, and the chosen one as chosen; a changed choice keeps both', async () => {
  const { story, message } = await startWithImages(tagging);
  expect(tagsOf(story)).toEqual(['unpicked', 'unpicked', 'unpicked', 'unpicked']);
  await story.click(message, 2);
  const picked = await story.seeKept();
  await story.settled();
  expect(tagsOf(story)).toEqual(['unpicked', 'picked', 'unpicked', 'unpicked']);
  expect(story.asked('PutObjectTagging', /\.png$/)).toHaveLength(1);
  await choose(story, picked, 'other_images');
  await story.press(await story.seePrivately('Choose another, and it takes its place.'), 'switch_image_4');
  await story.see('image 4', (seen) => isPicked(seen) && seen.images[0]?.altText === 'Image 4: a red fox');
  await story.settled();
  expect(tagsOf(story)).toEqual(['unpicked', 'picked', 'unpicked', 'picked']);
  passMonth(story);
  expect(story.keys(/\.png$/).map((key) => key.slice(-5))).toEqual(['2.png', '4.png']);
  expect(story.records()).toHaveLength(1);
});

it('nothing is tagged, and no further request made, unless it is set', async () => {
  const { story, message } = await startWithImages();
  await story.click(message, 2);
  await story.seeKept();
  await story.settled();
  expect(tagsOf(story)).toEqual([undefined, undefined, undefined, undefined]);
  expect(story.asked('PutObjectTagging', /./)).toEqual([]);
});

it('a choice that was recorded and not tagged when the process was killed is tagged by the next', async () => {
  const { story, message } = await startWithImages(tagging);
  story.planS3(held, 'PutObjectTagging', /2\.png$/);
  void story.click(message, 2).catch(() => undefined);
  await story.restart(() => story.asked('PutObjectTagging', /2\.png$/).length === 1);
  expect(tagsOf(story)).toEqual(['unpicked', 'picked', 'unpicked', 'unpicked']);
});

it('a choice that cannot be tagged is shown all the same, and tagged later', async () => {
  const { story, message } = await startWithImages(tagging);
  story.planS3(denied, 'PutObjectTagging', /2\.png$/);
  await story.click(message, 2);
  await story.seeKept();
  await story.triedOnce();
  await story.nextTry();
  await story.settled();
  expect(tagsOf(story)).toEqual(['unpicked', 'picked', 'unpicked', 'unpicked']);
});

it('an image that is kept at once, without a choice, is tagged as chosen', async () => {
  const { story, message } = await startWithImages(tagging);
  await story.click(message, 2);
  const picked = await story.seeKept();
  await choose(story, picked, 'remove_background');
  await ended(story);
  expect(tagsOf(story).filter((tag) => tag === 'picked')).toHaveLength(2);
});

it.each(['a red fox --private', 'a red fox'])(
  '“%s”: who chooses an image that a rule has deleted reads so, and nothing is recorded',
  async (text) => {
    const story = await startStory(tagging);
    await story.imagine(text);
    const message = await story.seeImages();
    await story.settled();
    passMonth(story);
    expect(story.keys(/\.png$/)).toEqual([]);
    await story.click(message, 2);
    await story.seePrivately(gone);
    expect(story.records()[0]?.pick).toBeUndefined();
    expect(story.jobs()).toEqual([]);
  },
);

it('“Share” says so too, and posts nothing', async () => {
  const story = await startStory(tagging);
  await story.imagine('a red fox --private');
  const message = await story.seeImages();
  await story.settled();
  await story.click(message, 2);
  const isPreview = (seen: { blocks: unknown }) => JSON.stringify(seen.blocks).includes('share_image_2');
  const choice = await story.see('the choice', isPreview);
  passMonth(story);
  await story.press(choice, 'share_image_2');
  await story.seePrivately(gone);
  expect(story.posted()).toEqual([]);
});

it('a chosen image is shown again after the others were deleted, and nothing is made of one that is gone', async () => {
  const { story, message } = await startWithImages(tagging);
  await story.click(message, 2);
  const picked = await story.seeKept();
  await story.settled();
  passMonth(story);
  await story.imagine(`show ${story.records()[0]?.id}`);
  expect(textOf(await story.seePrivately('chose this image of'))).toContain('Image 2: a red fox');
  for (const key of story.keys(/2\.png$/)) story.s3.deleteObject(story.bucket, key);
  await choose(story, picked, 'remove_background');
  await story.seePrivately('no longer stored');
});

it('“Open full size” has a sentence in the place of each deleted image', async () => {
  const { story, message } = await startWithImages(tagging);
  passMonth(story);
  await story.choose(message, 'full_size');
  const words = wordsOf(await seeModal(story, 'Full size'));
  expect(words.match(/no longer stored/g)).toHaveLength(4);
});

it('npm run doctor tries to tag an object if images are to be tagged', async () => {
  const { fixes } = await examine({ ...tagging, arrange: denyS3('PutObjectTagging') });
  expect(fixes).toContainEqual(expect.stringMatching(/lack s3:PutObjectTagging/));
});

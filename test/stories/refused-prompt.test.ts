import { expect, it } from 'vitest';
import { seeForm, submit } from './form.js';
import { actionsOf, countImages, isFinished, startStory, textOf } from './story.js';

it('a prompt that the model’s filter refuses is told to its requester alone, and does not remain in the channel', async () => {
  const story = await startStory();
  await story.imagine('something forbidden');
  const told = await story.seePrivately('No image could be drawn.');
  expect(actionsOf(told)).toEqual(['edit_prompt', 'more']);
  await story.settled();
  expect(story.posted()).toEqual([]);
  await story.imagine(`show ${story.records()[0]?.id}`, { user: story.ben });
  await story.seePrivately('I cannot find batch', { user: story.ben });
  await story.press(told, 'edit_prompt');
  await seeForm(story);
  await submit(story, { prompt: 'a red fox' });
  expect((await story.seeImages()).isEphemeral, 'as it was asked for').toBe(false);
});

it('a refused prompt is not posted where the app may not post, and is overwritten if it cannot be deleted', async () => {
  const story = await startStory();
  await story.imagine('something forbidden', { channel: story.secret });
  await story.seePrivately('No image could be drawn.', { channel: story.secret });
  expect(story.posted(story.secret)).toEqual([]);
  story.planCalls('chat.delete', { kind: 'error', error: 'cant_delete_message' });
  await story.imagine('something forbidden');
  await story.seePrivately('No image could be drawn.');
  await story.settled();
  expect(story.posted().map(({ text }) => text)).toEqual(['A prompt was not accepted, so nothing was drawn.']);
  expect(story.posted().map(textOf).join()).not.toContain('forbidden');
});

it('a prompt of --private that the model’s filter refuses stays private, and so does what is drawn of its Change', async () => {
  const story = await startStory();
  await story.imagine('something forbidden --private');
  const told = await story.seePrivately('No image could be drawn.');
  await story.settled();
  expect(actionsOf(told)).toEqual(['edit_prompt', 'more']);
  expect(story.privately().filter((seen) => textOf(seen).includes('No image could be drawn.'))).toHaveLength(1);
  await story.press(told, 'edit_prompt');
  await seeForm(story);
  await submit(story, { prompt: 'a red fox' });
  await story.see('private images', (seen) => seen.ts === told.ts && isFinished(seen) && countImages(seen) === 4);
  await story.settled();
  expect(story.posted()).toEqual([]);
});

it.each(['marketing', 'secret'] as const)(
  'a prompt for a post that the model’s filter refuses leaves the post without a reply (#%s)',
  async (place) => {
    const story = await startStory();
    const channel = story[place];
    const post = story.workspace.post({ user: story.ben, channel, text: 'Our garden has opened.' });
    await story.fromPost(post.ts, channel);
    await seeForm(story);
    await submit(story, { prompt: 'something forbidden' });
    const told = await story.seePrivately('No image could be drawn.', { channel });
    await story.settled();
    expect(story.posted(channel).map(({ ts }) => ts)).toEqual([post.ts]);
    await story.press(told, 'edit_prompt');
    await seeForm(story);
    await submit(story, { prompt: 'a garden in spring' });
    expect(await story.seeImages(4, { channel })).toMatchObject({ isEphemeral: false, threadTs: post.ts });
  },
);

it('a comparison stays if one model’s filter refuses the prompt and another model draws it', async () => {
  const story = await startStory();
  const isUltra = ({ modelId }: { modelId: string }) => modelId.includes('ultra');
  story.bedrock.faults.add({ kind: 'filtered prompt' }, { times: 2, when: isUltra });
  await story.imagine('a red fox --model core,ultra');
  const message = await story.seeImages(2);
  await story.settled();
  expect(actionsOf(message).filter((action) => action?.startsWith('pick'))).toEqual(['pick_image_1', 'pick_image_3']);
  expect(story.posted()).toEqual([message]);
  expect(story.privately()).toEqual([]);
  await story.click(message, 3);
  await story.seeKept({ user: story.ben });
});

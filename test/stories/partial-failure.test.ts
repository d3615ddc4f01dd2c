import { expect, it } from 'vitest';
import { isFinished, lastLine, startStory, textOf } from './story.js';

it('shows the images that were drawn, and why each of the others was not', async () => {
  // A deadline that leaves no room for the pause that follows throttling.
  const story = await startStory({ settings: { GENERATION_TIMEOUT_SECONDS: '5' } });
  const drawing = (number: number) => ({
    when: ({ seed }: { seed: number | undefined }) => seed === story.seedOf(number),
  });
  story.bedrock.faults.add({ kind: 'filtered prompt' }, drawing(2));
  story.bedrock.faults.add({ kind: 'error', name: 'ThrottlingException' }, { ...drawing(3), times: 100 });
  story.bedrock.faults.add({ kind: 'not an image' }, drawing(4));
  await story.imagine('a red fox in the snow');
  const message = await story.see('the recipe', isFinished);
  expect(message.images).toHaveLength(1);
  expect(textOf(message)).toContain("The model's content filter blocked this prompt.");
  expect(textOf(message)).toContain('The model was too busy.');
  expect(textOf(message)).toContain("The model's answer was not a valid image.");
  expect(lastLine(message)).toContain('about $0.04');
  expect(story.records()[0]?.images).toMatchObject([
    { state: 'stored' },
    { state: 'failed', reason: 'filtered_prompt' },
    { state: 'failed', reason: 'throttled' },
    { state: 'failed', reason: 'unusable_answer' },
  ]);

  await story.click(message, 1);
  const picked = await story.see('the picked image', (seen) => textOf(seen).includes('chose this image of'));
  expect(picked.images).toHaveLength(1);
});

it('asks the model only once for a prompt that its filter blocks', async () => {
  const story = await startStory();
  await story.imagine('something forbidden');
  const message = await story.see('the end', isFinished);
  expect(textOf(message).match(/content filter blocked this prompt/g)).toHaveLength(1);
  expect(story.bedrock.requests()).toHaveLength(4);
});

it.each([
  ['missing images', 'unusable_answer'],
  ['empty image', 'unusable_answer'],
  ['not base64', 'unusable_answer'],
  ['filtered image', 'filtered_image'],
  ['inference error', 'failed'],
  ['reset', 'unavailable'],
  ['answer cut', 'unavailable'],
] as const)('records what %s means', async (kind, reason) => {
  const story = await startStory();
  story.bedrock.faults.add({ kind }, { times: 100 });
  await story.imagine('a red fox in the snow');
  await story.see('the end', isFinished);
  expect(story.records()[0]?.images).toMatchObject(Array.from({ length: 4 }, () => ({ state: 'failed', reason })));
});

it.each([
  ['AccessDeniedException', 'denied'],
  ['ResourceNotFoundException', 'retired'],
  ['ValidationException', 'rejected', '{"detail":"Invalid field \'x\' in request."}'],
  ['ModelErrorException', 'failed'],
] as const)('records what %s means', async (name, reason, message?: string) => {
  const story = await startStory();
  story.bedrock.faults.add({ kind: 'error', name, ...(message && { message }) }, { times: 100 });
  await story.imagine('a red fox in the snow');
  await story.see('the end', isFinished);
  expect(story.records()[0]?.images).toMatchObject(Array.from({ length: 4 }, () => ({ state: 'failed', reason })));
});

it('reports a model that is not in this Region to the operator, and does not blame the prompt', async () => {
  const story = await startStory({ settings: { IMAGE_MODEL: 'stability.stable-image-core-v9:9' } });
  await story.imagine('a red fox in the snow');
  const end = await story.see('the end', isFinished);
  expect(textOf(end)).toContain(
    'Imagine does not have access to this model yet. Please tell your Imagine administrator.',
  );
  expect(story.log()).toMatch(/"level":50,.*"reason":"denied".*"msg":"image failed"/);
});

it('gives up on an image at its deadline, including retries', async () => {
  const story = await startStory({ settings: { GENERATION_TIMEOUT_SECONDS: '1' } });
  story.bedrock.faults.add({ kind: 'never' }, { times: 4 });
  await story.imagine('a red fox in the snow');
  await story.see('the end', isFinished);
  expect(story.records()[0]?.images).toMatchObject(Array.from({ length: 4 }, () => ({ reason: 'timed_out' })));
  expect(story.bedrock.requests()).toHaveLength(4);
});

it('says that the bucket did not take the images', async () => {
  const story = await startStory();
  story.s3.faults.add(
    { kind: 'error', code: 'AccessDenied' },
    { times: 100, when: ({ operation, key }) => operation === 'PutObject' && key.endsWith('.png') },
  );
  await story.imagine('a red fox in the snow');
  const message = await story.see('the end', isFinished);
  expect(textOf(message)).toContain('The image could not be saved.');
});

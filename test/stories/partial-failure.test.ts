import { expect, it } from 'vitest';
import { always, isFinished, lastLine, startStory, textOf } from './story.js';

it('shows the images that were drawn, and why each of the others was not', async () => {
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
  expect((await story.seePicked()).images).toHaveLength(1);
});

it('asks the model once for each image of a prompt that its filter blocks, and offers no other try', async () => {
  const story = await startStory();
  await story.imagine('something forbidden');
  const message = await story.see('the end', isFinished);
  expect(textOf(message).match(/content filter blocked this prompt/g)).toHaveLength(1);
  expect(textOf(message)).not.toContain('retry_image_');
  expect(story.bedrock.requests()).toHaveLength(4);
});

import { expect, it } from 'vitest';
import { isFinished, startStory } from './story.js';

const isPost = ({ method }: { method: string }) => method === 'chat.postMessage';

const faults = [{ kind: 'error', error: 'restricted_action' }, { kind: 'answer_lost' }] as const;

it.each(faults)('a batch that was never announced ($kind) is neither drawn, listed nor shown', async (fault) => {
  const story = await startStory();
  story.planCalls('chat.postMessage', fault);
  await story.imagine('a red fox');
  await story.seePrivately('nothing was drawn');
  await story.imagine('history');
  await story.seePrivately('You have not drawn any images yet.');
  await story.imagine(`show ${story.records()[0]?.id.slice(-6)}`);
  await story.seePrivately('I cannot find batch');
  expect(story.bedrock.requests()).toEqual([]);
  expect(story.workspace.calls().filter(isPost)).toHaveLength(1);
});

it('images of a message that could not be recorded arrive privately and count once', async () => {
  const story = await startStory({ settings: { IMAGES_PER_USER_PER_DAY: '4' } });
  story.s3.faults.add(
    { kind: 'error', code: 'AccessDenied' },
    { when: ({ key }) => key.endsWith('/batch.json') && story.workspace.calls().some(isPost) },
  );
  await story.imagine('a red fox');
  await story.see('the message', ({ isEphemeral }) => !isEphemeral);
  await story.triedOnce();
  await story.imagine('a blue fox');
  await story.seePrivately('You have used up your 4 images of today.');
  await story.nextTry();
  const images = await story.see('the images', isFinished);
  expect([images.isEphemeral, images.images.length]).toEqual([true, 4]);
  expect(story.bedrock.requests()).toHaveLength(4);
  expect(story.privately().filter(({ text }) => text.includes('went wrong'))).toEqual([]);
});

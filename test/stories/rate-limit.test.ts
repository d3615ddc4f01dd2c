import { expect, it } from 'vitest';
import { seeForm } from './form.js';
import { always, isFinished, startStory } from './story.js';

it('a message that may not be changed for long keeps no other batch, form or deletion waiting', async () => {
  const story = await startStory();
  const { workspace, marketing, random, ben } = story;
  const isUpdate = ({ method, arguments: { channel } }: { method: string; arguments: { channel?: unknown } }) =>
    method === 'chat.update' && channel === marketing;
  /** Longer than any test, and than the app waits for a single call. */
  const limited = { kind: 'rate_limited', retryAfterSeconds: 300 } as const;
  workspace.faults.calls.add(limited, { times: always, when: isUpdate });
  await story.imagine('a red fox in the snow');
  await story.until(() => workspace.calls().some((call) => isUpdate(call) && call.error === 'rate_limited'));
  const where = { user: ben, channel: random };
  await story.imagine('a blue fox in the snow', where);
  const images = await story.seeImages(4, where);
  await story.press(images, 'edit_prompt', ben);
  await seeForm(story, ben);
  await story.press(images, 'discard', ben);
  await story.until(() => story.posted(random).length === 0);
  expect(story.posted().some(isFinished)).toBe(false);

  await story.triedOnce();
  workspace.faults.calls.clear();
  await story.nextTry();
  await story.seeImages();
  expect(story.bedrock.requests()).toHaveLength(8);
});

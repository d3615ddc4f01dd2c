import { expect, it, vi } from 'vitest';
import type { CallFault } from '../../sandbox/workspace/options.js';
import { openWork } from './faults/fault-case.js';
import { seeForm } from './form.js';
import { isFinished, type Story, startStory } from './story.js';

/** Longer than any test, and than the app waits for a single call. */
const limited: CallFault = { kind: 'rate_limited', retryAfterSeconds: 300 };

/** Ana asks in #marketing, where no message may be changed until the faults are cleared. */
async function askWhereUpdatesAreLimited({ workspace, marketing, imagine }: Story): Promise<void> {
  const isUpdate = ({ method, arguments: { channel } }: { method: string; arguments: { channel?: unknown } }) =>
    method === 'chat.update' && channel === marketing;
  workspace.faults.calls.add(limited, { times: 1000, when: isUpdate });
  await imagine('a red fox in the snow');
  await workspace.waitFor(() => workspace.calls().some((call) => isUpdate(call) && call.error === 'rate_limited'), {
    describe: 'an update that is rate limited',
  });
}

it('a message that may not be changed for long keeps no other batch, form or deletion waiting', async () => {
  const story = await startStory();
  const { workspace, marketing, random, ben } = story;
  await askWhereUpdatesAreLimited(story);
  const place = { user: ben, channel: random };
  await story.imagine('a blue fox in the snow', place);
  const images = await story.see('four images for Ben', isFinished, place);
  await story.press(images, 'edit_prompt', ben);
  await seeForm(story, ben);
  await story.press(images, 'discard', ben);
  await workspace.waitFor(() => workspace.messages(random).length === 0, { describe: 'no message for Ben' });
  expect(workspace.messages(marketing).some(isFinished)).toBe(false);
});

it('a batch whose message may not be changed for long is shown when it may', async () => {
  const story = await startStory();
  await askWhereUpdatesAreLimited(story);
  await vi.waitFor(() => expect(openWork(story)[0]).toContain('"failures":1'), { timeout: 10_000 });
  story.workspace.faults.calls.clear();
  await story.nextTry();
  await story.see('four images', isFinished);
  expect(story.bedrock.requests()).toHaveLength(4);
});

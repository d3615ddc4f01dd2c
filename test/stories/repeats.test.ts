import { expect, it } from 'vitest';
import { seeForm, submit } from './form.js';
import { isFinished, type Story, startStory } from './story.js';

/** Two replicas, each with a connection of its own, which take turns at what Slack delivers. */
async function startReplicas() {
  let turn = 0;
  const random = () => {
    turn = (turn + 0.5) % 1;
    return turn;
  };
  const story = await startStory({ workspace: { random }, settings: { BATCHES_PER_USER: '3' } });
  const other = await story.startApp();
  const stop = () => Promise.all([story.app.stop(), other.stop()]);
  return { story, stop };
}

function deliverTwice({ workspace }: Story, type: string): void {
  workspace.faults.deliveries.add({ kind: 'duplicate' }, { when: (delivery) => delivery.type === type });
}

const drawnBy = (story: Story) => [
  story.records().length,
  story.bedrock.requests().length,
  story.workspace.messages(story.marketing, { as: story.ana }).length,
];

it('a command delivered to two replicas is drawn and posted by one', async () => {
  const { story, stop } = await startReplicas();
  deliverTwice(story, 'slash_commands');
  await story.imagine('a red fox');
  await story.see('four images', isFinished);
  await stop();
  expect(drawnBy(story)).toEqual([1, 4, 1]);
  expect(story.log()).toContain('the same request was admitted before');
});

it('a button’s click delivered to two replicas is drawn and posted by one, and the next click is another', async () => {
  const { story, stop } = await startReplicas();
  await story.imagine('a red fox');
  const message = await story.see('four images', isFinished);
  deliverTwice(story, 'block_actions');
  await story.press(message, 'reroll');
  const again = await story.see('four more', (seen) => isFinished(seen) && seen.ts !== message.ts);
  await story.press(message, 'reroll');
  await story.see('four more', (seen) => isFinished(seen) && ![message.ts, again.ts].includes(seen.ts));
  await stop();
  expect(drawnBy(story)).toEqual([3, 12, 3]);
});

it('a form delivered to two replicas is drawn by one', async () => {
  const { story, stop } = await startReplicas();
  await story.imagine('');
  await seeForm(story);
  deliverTwice(story, 'view_submission');
  await submit(story, { prompt: 'a red fox' });
  await story.see('four images', isFinished);
  await stop();
  expect(drawnBy(story).slice(0, 2)).toEqual([1, 4]);
});

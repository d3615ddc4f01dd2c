import { expect, it } from 'vitest';
import { uploads } from './restart-story.js';
import { isFinished, type Story, startStory } from './story.js';

/** Holds the next two writes of a record until both have been requested. */
function letTwoWritesMeet({ s3 }: Story): void {
  let count = 0;
  let meet = () => {};
  const until = new Promise<void>((resolve) => {
    meet = resolve;
  });
  const when = ({ operation, key }: { operation: string; key: string }) => {
    if (operation !== 'PutObject' || !key.endsWith('/batch.json')) return false;
    count += 1;
    if (count === 2) meet();
    return true;
  };
  s3.faults.add({ kind: 'held', until }, { times: 2, when });
}

it.each(['one click is delivered to two replicas', 'two clicks come in the same millisecond'])(
  'a pick is uploaded once if %s',
  async (how) => {
    let turn = 0;
    const random = () => {
      turn = (turn + 0.5) % 1;
      return turn; // the replicas take turns receiving what Slack delivers
    };
    const story = await startStory({ workspace: { random } });
    const other = await story.startApp();
    await story.imagine('a red fox');
    const message = await story.see('four images', isFinished);
    await story.settled();
    story.stopClock();
    letTwoWritesMeet(story);
    if (how.startsWith('one click')) {
      story.workspace.faults.deliveries.add({ kind: 'duplicate' });
      await story.click(message, 2);
    } else {
      await Promise.all([story.click(message, 2), story.click(message, 2)]);
    }
    await story.seeKept();
    await Promise.all([story.app.stop(), other.stop()]);
    expect(uploads(story)).toHaveLength(1);
    expect(story.s3.faults.unmet()).toEqual([]);
  },
);

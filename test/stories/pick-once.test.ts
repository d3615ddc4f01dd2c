import { expect, it, vi } from 'vitest';
import { openWork } from './faults/fault-case.js';
import { type RestartStory, startRestartStory } from './restart-story.js';
import { isFinished, isPicked, type Story, startStory } from './story.js';

const uploads = ({ workspace }: Pick<Story, 'workspace'>) =>
  workspace.calls().filter(({ method, ok }) => method === 'files.completeUploadExternal' && ok);

const isRecordWrite = ({ operation, key }: { operation: string; key: string }) =>
  operation === 'PutObject' && key.endsWith('/batch.json');

/** Two replicas that share one clock and take turns receiving what Slack delivers. */
async function startReplicas(): Promise<{ story: Story; stop(): Promise<unknown> }> {
  let turn = 0;
  const random = () => {
    turn = (turn + 0.5) % 1;
    return turn;
  };
  const story = await startStory({ workspace: { random } });
  const other = await story.startApp();
  return { story, stop: () => Promise.all([story.app.stop(), other.stop()]) };
}

/** Holds the next two writes of a record until both have been requested. */
function letTwoWritesMeet({ s3 }: Story): void {
  let count = 0;
  let meet = () => {};
  const until = new Promise<void>((resolve) => {
    meet = resolve;
  });
  const when = (request: { operation: string; key: string }) => {
    if (!isRecordWrite(request)) return false;
    count += 1;
    if (count === 2) meet();
    return true;
  };
  s3.faults.add({ kind: 'held', until }, { times: 2, when });
}

it.each(['one click is delivered to two replicas', 'two clicks come in the same millisecond'])(
  'a pick is uploaded once if %s',
  async (how) => {
    const { story, stop } = await startReplicas();
    await story.imagine('a red fox');
    const message = await story.see('four images', isFinished);
    await vi.waitFor(() => expect(openWork(story)).toEqual([]), 10_000);
    story.stopClock();
    letTwoWritesMeet(story);
    if (how.startsWith('one click')) {
      story.workspace.faults.deliveries.add({ kind: 'duplicate' });
      await story.click(message, 2);
    } else {
      await Promise.all([story.click(message, 2), story.click(message, 2)]);
    }
    await story.see('the kept image', ({ images }) => images.some(({ fileId }) => fileId));
    await stop();
    expect(uploads(story)).toHaveLength(1);
    expect(story.s3.faults.unmet()).toEqual([]);
  },
);

/** Stops the app's process once it has sent this request, before it reads the answer. */
type PauseAt = (story: RestartStory, pause: () => void) => void;

const atWrite =
  (nth: number): PauseAt =>
  ({ s3 }, pause) => {
    let count = 0;
    const when = (request: { operation: string; key: string }) => {
      if (isRecordWrite(request)) count += 1;
      if (count !== nth) return false;
      pause();
      return true;
    };
    s3.faults.add({ kind: 'slow', milliseconds: 0 }, { when });
  };

const atUpdate: PauseAt = ({ workspace }, pause) => {
  const when = ({ method }: { method: string }) => {
    if (method !== 'chat.update') return false;
    pause();
    return true;
  };
  workspace.faults.calls.add({ kind: 'slow', ms: 0 }, { when });
};

it.each<[what: string, pauseAt: PauseAt]>([
  ['recording the pick', atWrite(1)],
  ['showing the pick', atUpdate],
  ['recording that it uploads', atWrite(2)],
])(
  'a pick is uploaded once by a process that pauses while %s and one that takes over',
  async (_what, pauseAt) => {
    const story = await startRestartStory();
    await story.imagine();
    await story.until(() => story.posted().some(isFinished));
    await story.settled();
    const [message] = story.posted();
    if (!message) throw new Error('no message');
    const paused = story.app;
    let isPaused = false;
    pauseAt(story, () => {
      isPaused = paused.process.kill('SIGSTOP');
    });
    void story.click(message, 2);
    await story.until(() => isPaused);
    await story.endLeases();
    await story.startApp();
    await story.settled();
    paused.process.kill('SIGCONT');
    expect(await paused.stop()).toBe(0);
    expect(uploads(story)).toHaveLength(1);
    const slackFileId = story.record()?.pick?.slackFileId;
    expect(slackFileId).toMatch(/^F/);
    expect(story.posted().filter(isPicked)).toMatchObject([{ ts: message.ts, images: [{ fileId: slackFileId }] }]);
  },
  60_000,
);

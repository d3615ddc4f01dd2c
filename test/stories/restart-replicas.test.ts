import { describe, expect, it } from 'vitest';
import { held, type RestartStory, startRestartStory } from './restart-story.js';
import { isFinished } from './story.js';

const hasStored = (story: RestartStory) => story.record()?.images.every(({ state }) => state === 'stored');

describe('a batch', () => {
  it('that was left is taken up by one of two processes that start at once', async () => {
    const story = await startRestartStory();
    story.bedrock.faults.add({ kind: 'never' }, { times: 4 });
    await story.imagine();
    await story.until(() => story.bedrock.requests().length === 4);
    await story.kill();
    story.bedrock.setLatency(500);
    await Promise.all([story.startApp(), story.startApp()]);
    await story.settled();
    expect(story.drawn()).toEqual([2, 2, 2, 2]);
    expect(story.posted().filter(isFinished)).toHaveLength(1);
    expect(story.posted()).toHaveLength(1);
  });

  it('that is being drawn is let alone by a process that starts meanwhile', async () => {
    const story = await startRestartStory();
    story.bedrock.faults.add(held, { times: 4 });
    await story.imagine();
    await story.until(() => story.bedrock.requests().length === 4);
    const [marker] = story.markers();
    await story.startApp();
    await story.until(
      () =>
        story.s3.requests().filter(({ operation, key }) => operation === 'GetObject' && key.includes('/open/')).length,
    );
    expect(story.markers().map(({ lease }) => lease.owner)).toEqual([marker?.lease.owner]);
    expect(story.drawn()).toEqual([1, 1, 1, 1]);
  });

  it('whose end Slack would not show stays open, and is shown after a restart', async () => {
    const story = await startRestartStory();
    story.workspace.faults.calls.add(
      { kind: 'error', error: 'internal_error' },
      { times: 100, when: ({ method }) => method === 'chat.update' },
    );
    await story.imagine();
    await story.until(() => hasStored(story) && story.markers()[0]?.failures === 1);
    await story.restart();
    await story.settled();
    expect(story.posted().map(({ images }) => images.length)).toEqual([4]);
    expect(story.drawn()).toEqual([1, 1, 1, 1]);
  });

  it('whose end could not be shown for an hour is told to the requester in a direct message', async () => {
    const story = await startRestartStory();
    const refuseUpdates = () =>
      story.workspace.faults.calls.add(
        { kind: 'error', error: 'internal_error' },
        { times: 100, when: ({ method }) => method === 'chat.update' },
      );
    refuseUpdates();
    await story.imagine();
    await story.until(() => story.markers()[0]?.failures === 1);
    await story.kill({ failures: 60, responseUrl: undefined });
    refuseUpdates();
    await story.startApp();
    await story.settled();
    const direct = story.workspace.messages(story.workspace.channels.app.id, { as: story.ana });
    expect(direct.map(({ images }) => images.length)).toEqual([4]);
  });
});

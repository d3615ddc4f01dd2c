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

  it.each([
    ['where they asked', [], 'marketing'],
    ['in their conversation with the app, where that fails', ['chat.postEphemeral'], 'app'],
  ] as const)('whose end could not be shown for an hour is told to the requester %s', async (_, refused, place) => {
    const story = await startRestartStory();
    const refuse = (methods: readonly string[]) =>
      story.workspace.faults.calls.add(
        { kind: 'error', error: 'internal_error' },
        { times: 100, when: ({ method }) => methods.includes(method) },
      );
    refuse(['chat.update']);
    await story.imagine();
    await story.until(() => story.markers()[0]?.failures === 1);
    await story.kill({ failures: 60, responseUrl: undefined });
    refuse(['chat.update', ...refused]);
    await story.startApp();
    await story.settled();
    const seen = story.workspace
      .messages(story.workspace.channels[place].id, { as: story.ana })
      .filter(({ images }) => images.length === 4);
    expect(seen).toHaveLength(1);
  });
});

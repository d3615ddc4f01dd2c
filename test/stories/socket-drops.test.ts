import { describe, expect, it, vi } from 'vitest';
import type { DropMoment } from '../../sandbox/workspace/options.js';
import type { SeenMessage } from '../../sandbox/workspace/seen.js';
import { seeForm, submit } from './form.js';
import { isFinished, type Story, startStory, textOf } from './story.js';

const moments = ['before_envelope', 'with_envelope', 'before_ack', 'after_ack', 'while_drawing'] as const;
type Moment = (typeof moments)[number];

/** Slack gives an app 3 seconds; no test needs to wait that long for Slack to give up. */
const settings = { acknowledgementMs: 500 };

function dropAt({ workspace: { faults } }: Story, moment: DropMoment, text?: string): void {
  faults.deliveries.add({ kind: 'drop', moment }, { when: ({ payload }) => !text || payload.text === text });
}

/** Ten replicas, so that no test waits for a reconnect; Slack sends each the next command. */
async function startTen(): Promise<Story> {
  let turn = 0;
  const random = () => (turn++ % 10) / 10;
  const story = await startStory({ workspace: { random }, bedrock: { latencyMs: 500 } });
  for (let started = 1; started < 10; started += 1) await story.startApp();
  return story;
}

/** A user in a channel of their own. */
async function ask({ workspace }: Story, text: string) {
  const user = workspace.addPerson({ name: text }).id;
  const channel = workspace.addChannel({ name: text, kind: 'public', members: [user, workspace.app.botUserId] }).id;
  const answer = await workspace.command({ user, channel, text });
  return {
    toldBySlack: answer.acknowledged ? undefined : answer.failure,
    posted: () => workspace.messages(channel, { as: user }),
  };
}

const drawnOnce = (messages: readonly SeenMessage[]): boolean => messages.length === 1 && messages.every(isFinished);

it('ten commands whose sockets drop are each drawn once if they reached the app, and Slack tells of those that did not', async () => {
  const story = await startTen();
  const commands = [...moments, ...moments].map((moment, index) => ({ moment, text: `fox${index}` }));
  for (const { moment, text } of commands) if (moment !== 'while_drawing') dropAt(story, moment, text);
  const asking = commands.map(async ({ moment, text }) => ({ moment, ...(await ask(story, text)) }));
  const drawing = await Promise.all(asking.filter((_, index) => commands[index]?.moment === 'while_drawing'));
  await story.workspace.waitFor(() => drawing.every(({ posted }) => posted().length > 0), { timeoutMs: 15_000 });
  story.workspace.drop();
  const asked = await Promise.all(asking);

  const toldBySlack: Record<Moment, string | undefined> = {
    before_envelope: 'operation_timeout',
    with_envelope: 'operation_timeout',
    before_ack: 'operation_timeout',
    after_ack: undefined,
    while_drawing: undefined,
  };
  expect(asked.map(({ moment, toldBySlack }) => [moment, toldBySlack])).toEqual(
    asked.map(({ moment }) => [moment, toldBySlack[moment]]),
  );
  const arrived = asked.filter(({ moment }) => moment !== 'before_envelope');
  const missing = () => arrived.filter(({ posted }) => !drawnOnce(posted())).map(({ moment }) => moment);
  await vi.waitFor(() => expect(missing()).toEqual([]), { timeout: 20_000 });
  expect(story.records()).toHaveLength(8);
}, 60_000);

describe('what arrives when the socket can no longer answer', () => {
  const begin = async () => {
    const story = await startStory({ workspace: { settings } });
    return { story, whenLost: () => dropAt(story, 'with_envelope') };
  };

  it('a command that only wants words gets them by its response_url', async () => {
    const { story, whenLost } = await begin();
    whenLost();
    await expect(story.imagine('help')).rejects.toThrow('operation_timeout');
    const help = await story.see('the help', ({ isEphemeral }) => isEphemeral);
    expect(textOf(help)).toContain('/imagine a red fox');
  });

  it('a click does what its button says', async () => {
    const { story, whenLost } = await begin();
    await story.imagine('a red fox');
    const message = await story.see('four images', isFinished);
    whenLost();
    await expect(story.press(message, 'reroll')).rejects.toThrow('operation_timeout');
    await story.see('four more', (seen) => isFinished(seen) && seen.ts !== message.ts);
  });

  it('a form stays open with its words, draws nothing, and draws once when it is sent again', async () => {
    const { story, whenLost } = await begin();
    await story.imagine('');
    await seeForm(story);
    whenLost();
    expect(await submit(story, { prompt: 'a red fox' })).toEqual({ outcome: 'failed', failure: 'operation_timeout' });
    await story.workspace.waitForApp({ timeoutMs: 15_000 });
    expect(await submit(story)).toMatchObject({ outcome: 'closed' });
    await story.see('four images', isFinished);
    expect(story.records()).toHaveLength(1);
  }, 20_000);
});

it('a form whose answer is lost on the way is drawn, and is not drawn again when it is sent again', async () => {
  const story = await startStory({ workspace: { settings } });
  await story.imagine('');
  await seeForm(story);
  dropAt(story, 'before_ack');
  expect(await submit(story, { prompt: 'a red fox' })).toEqual({ outcome: 'failed', failure: 'operation_timeout' });
  await story.see('four images', isFinished);
  await story.workspace.waitForApp({ timeoutMs: 15_000 });
  expect(await submit(story)).toMatchObject({ outcome: 'errors', refusedBy: 'app' });
  expect(story.records()).toHaveLength(1);
}, 30_000);

import { expect, it } from 'vitest';
import type { DropMoment } from '../../sandbox/workspace/options.js';
import { seeForm, submit } from './form.js';
import { isFinished, type Story, startStory } from './story.js';

/** What Slack tells the user of a command whose socket drops then. */
const moments: [moment: DropMoment | 'while_drawing', toldBySlack: string | undefined][] = [
  ['before_envelope', 'operation_timeout'],
  ['with_envelope', 'operation_timeout'],
  ['before_ack', 'operation_timeout'],
  ['after_ack', undefined],
  ['while_drawing', undefined],
];

/** Slack gives an app 3 seconds; no test needs to wait that long for Slack to give up. */
const workspace = { settings: { acknowledgementMs: 500 } };

function dropAt({ workspace: { faults } }: Story, moment: DropMoment, text?: string): void {
  faults.deliveries.add({ kind: 'drop', moment }, { when: ({ payload }) => !text || payload.text === text });
}

/** A user in a channel of their own. */
async function ask({ workspace: slack }: Story, text: string) {
  const user = slack.addPerson({ name: text }).id;
  const channel = slack.addChannel({ name: text, kind: 'public', members: [user, slack.app.botUserId] }).id;
  const answer = await slack.command({ user, channel, text });
  return {
    toldBySlack: answer.acknowledged ? undefined : answer.failure,
    posted: () => slack.messages(channel, { as: user }),
  };
}

it('ten commands whose sockets drop are each drawn once if they reached the app, and Slack tells of those that did not', async () => {
  let turn = 0;
  const random = () => (turn++ % 10) / 10;
  const story = await startStory({ workspace: { random }, bedrock: { latencyMs: 500 } });
  // Ten replicas, so that no command waits for a reconnect; Slack sends each the next one.
  for (let started = 1; started < 10; started += 1) await story.startApp();
  const commands = [...moments, ...moments];
  const asking = commands.map(async ([moment], index) => {
    const text = `fox${index}`;
    if (moment !== 'while_drawing') dropAt(story, moment, text);
    return ask(story, text);
  });
  const drawing = await Promise.all(asking.filter((_, index) => commands[index]?.[0] === 'while_drawing'));
  await story.until(() => drawing.every(({ posted }) => posted().length > 0));
  story.workspace.drop();
  const asked = await Promise.all(asking);
  expect(asked.map(({ toldBySlack }) => toldBySlack)).toEqual(commands.map(([, toldBySlack]) => toldBySlack));
  const arrived = asked.filter((_, index) => commands[index]?.[0] !== 'before_envelope');
  await story.until(() => arrived.every(({ posted }) => posted().length === 1 && posted().every(isFinished)));
  expect(story.records()).toHaveLength(8);
});

it('when the socket can no longer answer, a command gets its words by its response_url, and a click does what it says', async () => {
  const story = await startStory({ workspace });
  dropAt(story, 'with_envelope');
  await expect(story.imagine('help')).rejects.toThrow('operation_timeout');
  await story.seePrivately('/imagine a red fox');
  await story.workspace.waitForApp({ timeoutMs: 15_000 });
  await story.imagine('a red fox');
  const message = await story.seeImages();
  dropAt(story, 'with_envelope');
  await expect(story.press(message, 'reroll')).rejects.toThrow('operation_timeout');
  await story.seeNewBatch([message]);
});

it.each([
  ['stays open with its words, and is drawn once when it is sent again', 'with_envelope'],
  ['whose answer is lost on the way is drawn, and is not drawn again when it is sent again', 'before_ack'],
] as const)('when the socket can no longer answer, a form %s', async (_, moment) => {
  const story = await startStory({ workspace });
  await story.imagine('');
  await seeForm(story);
  dropAt(story, moment);
  expect(await submit(story, { prompt: 'a red fox' })).toEqual({ outcome: 'failed', failure: 'operation_timeout' });
  if (moment === 'before_ack') await story.seeImages();
  await story.workspace.waitForApp({ timeoutMs: 15_000 });
  const again = moment === 'before_ack' ? { outcome: 'errors', refusedBy: 'app' } : { outcome: 'closed' };
  expect(await submit(story)).toMatchObject(again);
  await story.seeImages();
  expect(story.records()).toHaveLength(1);
});

import { expect, onTestFinished, test } from 'vitest';
import { createMessageReader } from '../../../sandbox/page/read-messages.js';
import { startWorkspace } from '../../../sandbox/workspace/start.js';

async function openChannel(limit: number) {
  const workspace = await startWorkspace();
  onTestFinished(() => workspace.close());
  const { people, channels } = workspace;
  const place = { user: people.ana.id, channel: channels.marketing.id };
  const say = (text: string, threadTs?: string) => workspace.post({ ...place, text, threadTs }).ts;
  return { say, read: createMessageReader(workspace, { ...place, limit }) };
}

test('the first reading tells the newest messages and how many are older', async () => {
  const { say, read } = await openChannel(2);
  const [, second, third] = ['one', 'two', 'three'].map((text) => say(text));
  expect(read()).toMatchObject({ order: [second, third], changed: [{ text: 'two' }, { text: 'three' }], older: 1 });
});

test('a later reading tells only what is new, and nothing where nothing is', async () => {
  const { say, read } = await openChannel(2);
  const first = say('one');
  read();
  expect(read()).toBeUndefined();
  const second = say('two');
  expect(read()).toMatchObject({ order: [first, second], changed: [{ text: 'two' }], older: 0 });
});

test('replies come with the message they belong to and do not push others out', async () => {
  const { say, read } = await openChannel(1);
  const left = say('old');
  say('reply to the old one', left);
  const root = say('new');
  const replies = ['a', 'b', 'c'].map((text) => say(text, root));
  expect(read()).toMatchObject({ order: [root, ...replies], older: 1 });
});

import { describe, expect, it } from 'vitest';
import { clientOf, openWorkspace, pixel } from './helpers.js';

describe('what people see and do', () => {
  it('a workspace comes with three people and five channels', async () => {
    const workspace = await openWorkspace();
    expect(workspace.everyone().map(({ name }) => name)).toEqual(['ana', 'ben', 'chika']);
    expect(workspace.everyChannel().map(({ id, kind }) => `${id} ${kind}`)).toEqual([
      'C0MARKETNG public',
      'C000RANDOM public',
      'C000SECRET private',
      'D000ANABEN direct',
      'D000ANAAPP app',
    ]);
  });

  it('people and channels can be added', async () => {
    const workspace = await openWorkspace();
    const dora = workspace.addPerson({ name: 'dora' });
    const { botUserId } = workspace.app;
    const design = workspace.addChannel({ name: 'design', kind: 'private', members: [dora.id, botUserId] });
    await clientOf(workspace).chat.postMessage({ channel: design.id, text: 'Hello' });
    expect(workspace.messages(design.id, { as: dora.id })).toMatchObject([{ text: 'Hello' }]);
    expect(() => workspace.messages(design.id, { as: workspace.people.ana.id })).toThrow('is not in design');
  });

  it('a person posts text and files, another app posts blocks and attachments', async () => {
    const workspace = await openWorkspace();
    const file = { name: 'draft.png', mediaType: 'image/png', content: pixel };
    workspace.post({ channel: 'C0MARKETNG', user: workspace.people.ana.id, text: 'See #random', file });
    const blocks = [{ type: 'header', text: { type: 'plain_text', text: 'Release' } }];
    workspace.post({ channel: 'C0MARKETNG', blocks, attachments: [{ fallback: 'A chart' }] });
    expect(workspace.messages('C0MARKETNG')).toMatchObject([
      { user: 'U000000ANA', text: 'See <#C000RANDOM|random>', files: [{ name: 'draft.png' }] },
      { user: undefined, botId: 'B0OTHERAPP', text: '', blocks: [{ type: 'header' }], attachments: [{}] },
    ]);
  });

  it('waits for a change without polling', async () => {
    const workspace = await openWorkspace();
    let asked = 0;
    const waited = workspace.waitFor(() => {
      asked += 1;
      return workspace.messages('C0MARKETNG')[0];
    });
    await clientOf(workspace).chat.postMessage({ channel: 'C0MARKETNG', text: 'At last' });
    expect((await waited).text).toBe('At last');
    expect(asked).toBe(2);
  });

  it('tells what there is when it waits in vain', async () => {
    const workspace = await openWorkspace();
    await clientOf(workspace).chat.postMessage({ channel: 'C0MARKETNG', text: 'Something else' });
    const waited = workspace.waitFor(() => false, { timeoutMs: 10, describe: 'four images' });
    await expect(waited).rejects.toThrow(
      /Waited 10 ms in vain for four images[\s\S]*Something else[\s\S]*chat.postMessage: ok/,
    );
  });

  it('passes on what a predicate throws', async () => {
    const workspace = await openWorkspace();
    const waited = workspace.waitFor(() => {
      throw new Error('a mistake in the test');
    });
    await expect(waited).rejects.toThrow('a mistake in the test');
  });

  it('tells subscribers of changes until they leave', async () => {
    const workspace = await openWorkspace();
    let changes = 0;
    const leave = workspace.subscribe(() => {
      changes += 1;
    });
    workspace.post({ channel: 'C0MARKETNG', user: workspace.people.ana.id, text: 'one' });
    leave();
    workspace.post({ channel: 'C0MARKETNG', user: workspace.people.ana.id, text: 'two' });
    expect(changes).toBe(1);
  });
});

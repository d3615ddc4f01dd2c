import { describe, expect, it } from 'vitest';
import type { Workspace } from '../../../sandbox/workspace/driver.js';
import type { WorkspaceOptions } from '../../../sandbox/workspace/options.js';
import { buttons, createClock, gather, image, openWorkspace, postBlocks, serveImages } from './helpers.js';

async function fromCommand(channel = 'C000SECRET', options: WorkspaceOptions = {}) {
  const workspace = await openWorkspace(options);
  const payloads = await gather(workspace);
  await workspace.command({ user: workspace.people.ana.id, channel, text: 'a fox' });
  return { workspace, url: String(payloads[0]?.response_url) };
}

async function post(url: string, message: unknown): Promise<[number, string]> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(message),
  });
  return [answer.status, await answer.text()];
}

const seenByAna = (workspace: Workspace, channel = 'C000SECRET') =>
  workspace
    .messages(channel, { as: workspace.people.ana.id })
    .map(({ text, isEphemeral }) => `${isEphemeral ? 'ephemeral' : 'posted'}: ${text}`);

describe("a command's response URL", () => {
  it('posts for the person alone, or to the channel, where the bot is not a member', async () => {
    const { workspace, url } = await fromCommand();
    expect(await post(url, { text: 'For you' })).toEqual([200, 'ok']);
    expect(await post(url, { text: 'For all', response_type: 'in_channel' })).toEqual([200, 'ok']);
    expect(seenByAna(workspace)).toEqual(['ephemeral: For you', 'posted: For all']);
    expect(workspace.messages('C000SECRET').map(({ text }) => text)).toEqual(['For all']);
  });

  it('is good for five uses', async () => {
    const { url } = await fromCommand();
    for (let use = 1; use <= 4; use += 1) expect(await post(url, { text: `${use}` })).toEqual([200, 'ok']);
    expect(await post(url, {})).toEqual([400, 'no_text']); // a refused post is a use too
    expect(await post(url, { text: '6' })).toEqual([404, '{"ok":false,"error":"used_url"}']);
  });

  it('is good for thirty minutes', async () => {
    const clock = createClock();
    const { url } = await fromCommand('C000SECRET', { now: clock.now });
    clock.advance(30 * 60_000);
    expect(await post(url, { text: 'in time' })).toEqual([200, 'ok']);
    clock.advance(1);
    expect(await post(url, { text: 'late' })).toEqual([404, '{"ok":false,"error":"expired_url"}']);
  });

  it('cannot touch earlier messages: replacing posts a new one, deleting does nothing', async () => {
    const { workspace, url } = await fromCommand();
    await post(url, { text: 'first' });
    await post(url, { text: 'second', replace_original: true });
    await post(url, { delete_original: true });
    expect(seenByAna(workspace)).toEqual(['ephemeral: first', 'ephemeral: second']);
  });

  it('names a failure with bare text: invalid blocks, undownloadable images, nothing to say', async () => {
    const { workspace, url } = await fromCommand();
    const images = await serveImages();
    expect(await post(url, { blocks: [{ type: 'gallery' }] })).toEqual([400, 'invalid_blocks']);
    expect(await post(url, { blocks: [image(`${images.url}/missing.png`)] })).toEqual([400, 'invalid_blocks']);
    expect(await post(url, {})).toEqual([400, 'no_text']);
    expect(await post(url, { text: 5 })).toEqual([400, 'invalid_payload']);
    expect(seenByAna(workspace)).toEqual([]);
    expect(workspace.calls().at(-1)).toMatchObject({ method: 'response_url', error: 'invalid_payload' });
  });

  it('posts into a thread only as a new message to the channel', async () => {
    const { workspace, url } = await fromCommand('C0MARKETNG');
    const parent = workspace.post({ channel: 'C0MARKETNG', user: workspace.people.ana.id, text: 'A draft' });
    const thread_ts = parent.ts;
    await post(url, { text: 'in', response_type: 'in_channel', replace_original: false, thread_ts });
    await post(url, { text: 'out', response_type: 'in_channel', thread_ts });
    expect(workspace.messages('C0MARKETNG').map(({ text, threadTs }) => [text, threadTs])).toEqual([
      ['A draft', undefined],
      ['in', thread_ts],
      ['out', undefined],
    ]);
  });
});

describe("a button's and a shortcut's response URL", () => {
  async function clicked(isEphemeral: boolean) {
    const workspace = await openWorkspace();
    const payloads = await gather(workspace);
    const { id: user } = workspace.people.ana;
    const more = { text: 'Pick one', ...(isEphemeral && { user }) };
    const messageTs = await postBlocks(workspace, [buttons('pick')], more);
    await workspace.click({ user, channel: 'C0MARKETNG', messageTs, actionId: 'pick' });
    return { workspace, url: String(payloads[0]?.response_url) };
  }

  it.each([
    [true, 'ephemeral'],
    [false, 'posted'],
  ])('replaces the clicked message, which stays what it is (ephemeral: %s)', async (isEphemeral, kind) => {
    const { workspace, url } = await clicked(isEphemeral);
    const response_type = isEphemeral ? 'in_channel' : 'ephemeral';
    await post(url, { text: 'Picked', replace_original: true, response_type });
    expect(seenByAna(workspace, 'C0MARKETNG')).toEqual([`${kind}: Picked`]);
  });

  it('deletes the clicked message', async () => {
    const { workspace, url } = await clicked(true);
    await post(url, { delete_original: true });
    expect(seenByAna(workspace, 'C0MARKETNG')).toEqual([]);
  });

  it('deletes the clicked message and posts another for everyone in one use, or does neither', async () => {
    const { workspace, url } = await clicked(true);
    const message = { delete_original: true, response_type: 'in_channel' };
    expect(await post(url, { ...message, blocks: [{ type: 'gallery' }] })).toEqual([400, 'invalid_blocks']);
    expect(seenByAna(workspace, 'C0MARKETNG')).toEqual(['ephemeral: Pick one']);
    expect(await post(url, { ...message, text: 'Picked' })).toEqual([200, 'ok']);
    expect(seenByAna(workspace, 'C0MARKETNG')).toEqual(['posted: Picked']);
  });

  it('leaves the clicked message alone by default', async () => {
    const { workspace, url } = await clicked(false);
    await post(url, { text: 'Only Ana may pick' });
    expect(seenByAna(workspace, 'C0MARKETNG')).toEqual(['posted: Pick one', 'ephemeral: Only Ana may pick']);
  });

  it("a shortcut's URL cannot touch the message it was used on", async () => {
    const workspace = await openWorkspace();
    const payloads = await gather(workspace);
    const { ana } = workspace.people;
    const draft = workspace.post({ channel: 'C000SECRET', user: ana.id, text: 'A draft' });
    const place = { user: ana.id, channel: 'C000SECRET', messageTs: draft.ts };
    await workspace.shortcut({ ...place, callbackId: 'imagine_from_post' });
    await post(String(payloads[0]?.response_url), {
      text: 'Mine',
      replace_original: true,
      response_type: 'in_channel',
    });
    expect(seenByAna(workspace)).toEqual(['posted: A draft', 'posted: Mine']);
  });
});

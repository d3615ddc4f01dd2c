import type { webApi } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import type { Workspace } from '../../../sandbox/workspace/driver.js';
import { clientOf, createClock, openWorkspace, pixel, refusalOf } from './helpers.js';

/** Uploads the pixel; private unless a destination is given. */
async function upload(client: webApi.WebClient, destination: Record<string, string> = {}): Promise<string> {
  const ticket = await client.files.getUploadURLExternal({ filename: 'fox.png', length: pixel.length });
  await fetch(String(ticket.upload_url), { method: 'POST', body: new Uint8Array(pixel) });
  const files = [{ id: String(ticket.file_id), title: 'A red fox' }];
  await client.apiCall('files.completeUploadExternal', { files, ...destination });
  return String(ticket.file_id);
}

const fileImage = (id: string) => ({ type: 'image', slack_file: { id }, alt_text: 'a red fox' });
const shown = (workspace: Workspace) => workspace.messages('C0MARKETNG').at(-1)?.images;

describe('uploading files', () => {
  it("the SDK's files.uploadV2 puts a file into a thread", async () => {
    const workspace = await openWorkspace();
    const parent = workspace.post({ channel: 'C0MARKETNG', user: workspace.people.ana.id, text: 'A draft' });
    await clientOf(workspace).files.uploadV2({
      channel_id: 'C0MARKETNG',
      thread_ts: parent.ts,
      initial_comment: 'Here it is',
      file: pixel,
      filename: 'fox.png',
      title: 'A red fox',
    });
    const message = workspace.messages('C0MARKETNG')[1];
    expect(message).toMatchObject({ text: 'Here it is', threadTs: parent.ts, files: [{ title: 'A red fox' }] });
    expect(workspace.fileOf(message?.files[0]?.id ?? '')).toMatchObject({ content: pixel, mediaType: 'image/png' });
    expect(workspace.calls().map(({ method }) => method)).toEqual([
      'files.getUploadURLExternal',
      'upload',
      'files.completeUploadExternal',
    ]);
  });

  it('needs membership of the channel, whatever chat:write.public allows', async () => {
    const workspace = await openWorkspace();
    const client = clientOf(workspace);
    const toRandom = await refusalOf(upload(client, { channel_id: 'C000RANDOM' }));
    const toSecret = await refusalOf(upload(client, { channel_id: 'C000SECRET' }));
    expect([toRandom.error, toSecret.error]).toEqual(['not_in_channel', 'channel_not_found']);
  });

  it('completes an upload once, and only after the bytes have come', async () => {
    const workspace = await openWorkspace();
    const client = clientOf(workspace);
    const ticket = await client.files.getUploadURLExternal({ filename: 'fox.png', length: pixel.length });
    const files: [{ id: string }] = [{ id: String(ticket.file_id) }];
    expect((await refusalOf(client.files.completeUploadExternal({ files }))).error).toBe('file_not_found');
    const id = await upload(client);
    expect((await refusalOf(client.files.completeUploadExternal({ files: [{ id }] }))).error).toBe('file_not_found');
  });

  it('refuses bytes of another length than announced', async () => {
    const workspace = await openWorkspace();
    const ticket = await clientOf(workspace).files.getUploadURLExternal({ filename: 'fox.png', length: 5 });
    const answer = await fetch(String(ticket.upload_url), { method: 'POST', body: new Uint8Array(pixel) });
    expect(answer.status).toBe(400);
  });

  it('refuses an upload without length, and one that is no upload', async () => {
    const workspace = await openWorkspace();
    const refusal = await refusalOf(clientOf(workspace).files.getUploadURLExternal({ filename: 'fox.png', length: 0 }));
    expect(refusal.error).toBe('invalid_arguments');
    expect((await fetch(`${workspace.url}/upload/v1/F00000000`, { method: 'POST', body: 'x' })).status).toBe(404);
  });
});

describe('showing uploaded files in image blocks', () => {
  it('a new message shares a private file of the bot', async () => {
    const workspace = await openWorkspace();
    const client = clientOf(workspace);
    const id = await upload(client);
    await client.chat.postMessage({ channel: 'C0MARKETNG', text: 'x', blocks: [fileImage(id)] });
    expect(shown(workspace)).toEqual([{ altText: 'a red fox', fileId: id, pointer: '/blocks/0', problem: undefined }]);
  });

  it('an update with an unshared file is accepted, but people see "file not found"', async () => {
    const workspace = await openWorkspace();
    const client = clientOf(workspace);
    const { ts = '' } = await client.chat.postMessage({ channel: 'C0MARKETNG', text: 'Working' });
    const id = await upload(client);
    await client.chat.update({ channel: 'C0MARKETNG', ts, text: 'x', blocks: [fileImage(id)] });
    expect(shown(workspace)).toMatchObject([{ fileId: id, problem: 'file not found' }]);
  });

  it('an update with a file shared in the channel shows it', async () => {
    const workspace = await openWorkspace();
    const client = clientOf(workspace);
    const id = await upload(client, { channel_id: 'C0MARKETNG' });
    const { ts = '' } = await client.chat.postMessage({ channel: 'C0MARKETNG', text: 'Working' });
    await client.chat.update({ channel: 'C0MARKETNG', ts, text: 'x', blocks: [fileImage(id)] });
    expect(shown(workspace)).toMatchObject([{ fileId: id, problem: undefined }]);
  });

  it('refuses unknown files, and files that are still processed', async () => {
    const clock = createClock();
    const workspace = await openWorkspace({ now: clock.now, settings: { fileProcessingMs: 2000 } });
    const client = clientOf(workspace);
    const id = await upload(client);
    const post = (file: string) =>
      client.chat.postMessage({ channel: 'C0MARKETNG', text: 'x', blocks: [fileImage(file)] });
    for (const file of [id, 'F0UNKNOWN1']) {
      const refusal = await refusalOf(post(file));
      expect(refusal.errors).toEqual(['invalid slack file [json-pointer:/blocks/0/slack_file]']);
    }
    clock.advance(2000);
    expect((await post(id)).ok).toBe(true);
  });

  it('serves a private file to the bot token only', async () => {
    const workspace = await openWorkspace();
    const id = await upload(clientOf(workspace));
    const url = `${workspace.url}/files-pri/${workspace.team.id}-${id}/fox.png`;
    const own = await fetch(url, { headers: { authorization: `Bearer ${workspace.botToken}` } });
    expect(Buffer.from(await own.arrayBuffer())).toEqual(pixel);
    expect((await fetch(url)).status).toBe(403);
  });
});

import type { webApi } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import type { Workspace } from '../../../sandbox/workspace/driver.js';
import { createImages } from '../../../sandbox/workspace/images.js';
import { buttons, clientOf, createClock, image, openWorkspace, pixel, refusalOf, serveImages } from './helpers.js';

const postTo = (workspace: Workspace, blocks: unknown[]) =>
  clientOf(workspace).apiCall('chat.postMessage', { channel: 'C0MARKETNG', text: 'x', blocks });
const section = { type: 'section', text: { type: 'mrkdwn', text: 'x' } };
const shown = (workspace: Workspace) => workspace.messages('C0MARKETNG').at(-1)?.images;

describe('images by URL', () => {
  it('are downloaded once for each URL, and kept', async () => {
    const workspace = await openWorkspace();
    const { url, requests } = await serveImages();
    const blocks = [image(`${url}/1.png?v=1`), image(`${url}/1.png?v=2`)];
    await postTo(workspace, blocks);
    await postTo(workspace, blocks);
    expect(requests.map(({ path }) => path).sort()).toEqual(['/1.png?v=1', '/1.png?v=2']);
    expect(requests[0]?.userAgent).toBe('Slack-ImgProxy (+https://api.slack.com/robots)');
    expect(workspace.imageOf(`${url}/1.png?v=1`)).toEqual({ bytes: pixel, mediaType: 'image/png' });
  });

  it.each(['/missing.png', '/page.html', '/never.png'])('refuse the whole message for %s', async (path) => {
    const workspace = await openWorkspace({ settings: { imageDownloadMs: 100 } });
    const { url } = await serveImages();
    const error = 'downloading image failed [json-pointer:/blocks/1/image_url]';
    expect(await refusalOf(postTo(workspace, [section, image(url + path)]))).toMatchObject({
      error: 'invalid_blocks',
      errors: [error],
      response_metadata: { messages: [`[ERROR] ${error}`] },
    });
    expect(workspace.messages('C0MARKETNG')).toEqual([]);
  });

  it('are refused by a fault even if they are kept, with a pointer into the card', async () => {
    const workspace = await openWorkspace();
    const { url } = await serveImages();
    const card = (path: string) => ({ type: 'card', hero_image: image(url + path), actions: buttons(path).elements });
    const blocks = [{ type: 'carousel', elements: [card('/1.png'), card('/2.png')] }];
    await postTo(workspace, blocks);
    workspace.faults.images.add({ kind: 'refused' }, { when: ({ url: asked }) => asked.endsWith('/2.png') });
    const { errors } = await refusalOf(postTo(workspace, blocks));
    expect(errors).toEqual(['downloading image failed [json-pointer:/blocks/0/elements/1/hero_image/image_url]']);
  });

  it('are refused beside a section too, and shown there', async () => {
    const workspace = await openWorkspace();
    const { url } = await serveImages();
    const beside = (path: string) => ({ ...section, accessory: image(url + path) });
    await postTo(workspace, [beside('/1.png')]);
    expect(workspace.messages('C0MARKETNG')[0]?.images).toMatchObject([{ url: `${url}/1.png`, problem: undefined }]);
    workspace.faults.images.add({ kind: 'refused' });
    const { errors } = await refusalOf(postTo(workspace, [section, beside('/2.png')]));
    expect(errors).toEqual(['downloading image failed [json-pointer:/blocks/1/accessory/image_url]']);
  });

  it('are let go beyond a number of bytes, and downloaded again when someone looks', async () => {
    const { settings, faults } = await openWorkspace();
    const { url, requests } = await serveImages();
    const images = createImages(settings, faults.images, pixel.length);
    for (const version of [1, 2]) await images.download(`${url}/1.png?v=${version}`);
    expect(images.get(`${url}/1.png?v=1`)).toBeUndefined();
    expect(images.get(`${url}/1.png?v=2`)?.mediaType).toBe('image/png');
    expect((await images.load(`${url}/1.png?v=1`))?.mediaType).toBe('image/png');
    expect(await images.load(`${url}/never-posted.png`)).toBeUndefined();
    expect(requests.map(({ path }) => path)).toEqual(['/1.png?v=1', '/1.png?v=2', '/1.png?v=1']);
  });
});

/** Uploads the pixel; it stays private without a destination. */
async function upload(client: webApi.WebClient, destination: Record<string, string> = {}): Promise<string> {
  const ticket = await client.files.getUploadURLExternal({ filename: 'fox.png', length: pixel.length });
  await fetch(String(ticket.upload_url), { method: 'POST', body: new Uint8Array(pixel) });
  const files = [{ id: String(ticket.file_id), title: 'A red fox' }];
  await client.apiCall('files.completeUploadExternal', { files, ...destination });
  return String(ticket.file_id);
}

const fileImage = (id: string) => ({ type: 'image', slack_file: { id }, alt_text: 'a red fox' });

describe('files', () => {
  it('are refused without membership, a second time, or in another length', async () => {
    const workspace = await openWorkspace();
    const client = clientOf(workspace);
    const errorOf = async (call: Promise<unknown>) => (await refusalOf(call)).error;
    expect(await errorOf(upload(client, { channel_id: 'C000RANDOM' }))).toBe('not_in_channel');
    expect(await errorOf(upload(client, { channel_id: 'C000SECRET' }))).toBe('channel_not_found');
    const id = await upload(client);
    expect(await errorOf(client.files.completeUploadExternal({ files: [{ id }] }))).toBe('file_not_found');
    expect(await errorOf(client.files.getUploadURLExternal({ filename: 'x', length: 0 }))).toBe('invalid_arguments');
    const ticket = await client.files.getUploadURLExternal({ filename: 'fox.png', length: 5 });
    const answer = await fetch(String(ticket.upload_url), { method: 'POST', body: new Uint8Array(pixel) });
    expect(answer.status).toBe(400);
    const files: [{ id: string }] = [{ id: String(ticket.file_id) }];
    expect(await errorOf(client.files.completeUploadExternal({ files }))).toBe('file_not_found');
  });

  it('are shown by a new message, or by an update in a channel where they are shared', async () => {
    const workspace = await openWorkspace();
    const client = clientOf(workspace);
    const { ts = '' } = await client.chat.postMessage({ channel: 'C0MARKETNG', text: 'Working' });
    const update = (id: string) =>
      client.chat.update({ channel: 'C0MARKETNG', ts, text: 'x', blocks: [fileImage(id)] });
    const unshared = await upload(client);
    await update(unshared);
    expect(shown(workspace)).toMatchObject([{ fileId: unshared, problem: 'file not found' }]);
    await postTo(workspace, [fileImage(unshared)]);
    expect(shown(workspace)).toMatchObject([{ fileId: unshared, problem: undefined }]);
    await update(await upload(client, { channel_id: 'C0MARKETNG' }));
    expect(workspace.messages('C0MARKETNG')[0]?.images).toMatchObject([{ problem: undefined }]);
  });

  it('are broken in blocks once they are deleted, and leave no message of their own', async () => {
    const workspace = await openWorkspace();
    const client = clientOf(workspace);
    const file = await upload(client, { channel_id: 'C0MARKETNG' });
    await postTo(workspace, [fileImage(file)]);
    expect(workspace.messages('C0MARKETNG')).toHaveLength(2);
    await client.files.delete({ file });
    expect(workspace.messages('C0MARKETNG')).toMatchObject([{ images: [{ problem: 'file not found' }] }]);
    expect(await refusalOf(client.files.delete({ file }))).toMatchObject({ error: 'file_not_found' });
  });

  it('are refused in blocks if they are unknown or still being processed', async () => {
    const clock = createClock();
    const workspace = await openWorkspace({ now: clock.now, settings: { fileProcessingMs: 2000 } });
    const id = await upload(clientOf(workspace));
    for (const file of [id, 'F0UNKNOWN1']) {
      const { errors } = await refusalOf(postTo(workspace, [fileImage(file)]));
      expect(errors).toEqual(['invalid slack file [json-pointer:/blocks/0/slack_file]']);
    }
    clock.advance(2000);
    expect((await postTo(workspace, [fileImage(id)])).ok).toBe(true);
  });
});

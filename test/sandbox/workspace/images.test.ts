import { describe, expect, it } from 'vitest';
import { buttons, clientOf, image, openWorkspace, pixel, refusalOf, serveImages } from './helpers.js';

const card = (url: string, id: string) => ({
  type: 'card',
  hero_image: image(url),
  title: { type: 'mrkdwn', text: 'Option' },
  actions: buttons(id).elements,
});

describe('images by URL', () => {
  it('downloads every image of a message, once for each URL, and keeps the bytes', async () => {
    const workspace = await openWorkspace();
    const { url, requests } = await serveImages();
    const client = clientOf(workspace);
    const blocks = [image(`${url}/1.png?v=1`), image(`${url}/1.png?v=2`)];
    await client.chat.postMessage({ channel: 'C0MARKETNG', text: 'x', blocks });
    await client.chat.postMessage({ channel: 'C0MARKETNG', text: 'x', blocks });
    expect(requests.map(({ path }) => path).sort()).toEqual(['/1.png?v=1', '/1.png?v=2']);
    expect(requests[0]?.userAgent).toBe('Slack-ImgProxy (+https://api.slack.com/robots)');
    expect(workspace.imageOf(`${url}/1.png?v=1`)).toEqual({ bytes: pixel, mediaType: 'image/png' });
  });

  it.each([
    ['is not there', '/missing.png'],
    ['is not an image', '/page.html'],
    ['has a space in its address', '/1.png?name=a fox'],
  ])('refuses the whole message when an image %s', async (_, path) => {
    const workspace = await openWorkspace();
    const { url } = await serveImages();
    const blocks = [{ type: 'divider' }, image(url + path)];
    const refusal = await refusalOf(clientOf(workspace).chat.postMessage({ channel: 'C0MARKETNG', text: 'x', blocks }));
    expect(refusal).toMatchObject({
      error: 'invalid_blocks',
      errors: ['downloading image failed [json-pointer:/blocks/1/image_url]'],
      response_metadata: { messages: ['[ERROR] downloading image failed [json-pointer:/blocks/1/image_url]'] },
    });
    expect(workspace.messages('C0MARKETNG')).toEqual([]);
  });
  it('points into the card whose image cannot be downloaded', async () => {
    const workspace = await openWorkspace();
    const { url } = await serveImages();
    const blocks = [{ type: 'carousel', elements: [card(`${url}/1.png`, 'a'), card(`${url}/missing.png`, 'b')] }];
    const refusal = await refusalOf(clientOf(workspace).chat.postMessage({ channel: 'C0MARKETNG', text: 'x', blocks }));
    expect(refusal.errors).toEqual([
      'downloading image failed [json-pointer:/blocks/0/elements/1/hero_image/image_url]',
    ]);
  });

  it('gives up on an image that does not come in time', async () => {
    const workspace = await openWorkspace({ settings: { imageDownloadMs: 50 } });
    const { url } = await serveImages();
    const blocks = [image(`${url}/never.png`)];
    const refusal = await refusalOf(clientOf(workspace).chat.postMessage({ channel: 'C0MARKETNG', text: 'x', blocks }));
    expect(refusal.error).toBe('invalid_blocks');
  });

  it('takes a section whose accessory image cannot be downloaded, and shows it broken', async () => {
    const workspace = await openWorkspace();
    const { url } = await serveImages();
    const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: 'x' }, accessory: image(`${url}/missing.png`) }];
    await clientOf(workspace).chat.postMessage({ channel: 'C0MARKETNG', text: 'x', blocks });
    expect(workspace.messages('C0MARKETNG')[0]?.images).toEqual([
      {
        altText: 'a red fox',
        pointer: '/blocks/0/accessory',
        url: `${url}/missing.png`,
        problem: 'broken image',
      },
    ]);
  });

  it('refuses the images that a test picks out, also those it has seen before', async () => {
    const workspace = await openWorkspace();
    const { url } = await serveImages();
    const client = clientOf(workspace);
    const blocks = [image(`${url}/1.png`), image(`${url}/2.png`)];
    const message = { channel: 'C0MARKETNG', text: 'x', blocks };
    await client.chat.postMessage(message);
    workspace.faults.images.add({ kind: 'refused' }, { when: ({ url: asked }) => asked.endsWith('/2.png') });
    const refusal = await refusalOf(client.chat.postMessage(message));
    expect(refusal.errors).toEqual(['downloading image failed [json-pointer:/blocks/1/image_url]']);
  });

  it('lets go of bytes beyond 64 MiB, and downloads them again when they are asked for', async () => {
    const workspace = await openWorkspace();
    const { url, requests } = await serveImages();
    const post = (blocks: ReturnType<typeof image>[]) =>
      clientOf(workspace).apiCall('chat.postMessage', { channel: 'C0MARKETNG', text: 'x', blocks });
    await post([image(`${url}/big.png?v=1`)]);
    await post([image(`${url}/big.png?v=2`)]);
    expect(workspace.imageOf(`${url}/big.png?v=1`)).toBeUndefined();
    expect(workspace.imageOf(`${url}/big.png?v=2`)?.mediaType).toBe('image/png');
    expect(workspace.messages('C0MARKETNG')[0]?.images[0]?.problem).toBeUndefined();
    expect((await workspace.loadImage(`${url}/big.png?v=1`))?.mediaType).toBe('image/png');
    expect(await workspace.loadImage(`${url}/never-posted.png`)).toBeUndefined();
    expect(requests.map(({ path }) => path)).toEqual(['/big.png?v=1', '/big.png?v=2', '/big.png?v=1']);
  });

  it('tells an image block back with fields that it refuses when they are sent in again', async () => {
    const workspace = await openWorkspace();
    const { url } = await serveImages();
    const client = clientOf(workspace);
    const blocks = [image(`${url}/1.png`)];
    const { message, ts = '' } = await client.chat.postMessage({ channel: 'C0MARKETNG', text: 'x', blocks });
    const told = message?.blocks ?? [];
    expect(told).toMatchObject([{ image_width: 1, image_height: 1, image_bytes: pixel.length, is_animated: false }]);
    const again = client.apiCall('chat.update', { channel: 'C0MARKETNG', ts, blocks: told });
    expect((await refusalOf(again)).errors).toContain(
      'invalid additional property: image_bytes [json-pointer:/blocks/0]',
    );
  });
});

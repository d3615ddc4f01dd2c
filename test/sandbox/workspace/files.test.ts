import { describe, expect, it } from 'vitest';
import { defaultScopes } from '../../../sandbox/workspace/options.js';
import { form, input, modal, openForm, start } from './forms.js';
import { clientOf, gather, openWorkspace, pixel, postBlocks, refusalOf, steady } from './helpers.js';

const scopes: readonly string[] = [...defaultScopes, 'files:read'];
const fox = { name: 'fox.png', content: pixel };
const image = input('image', { type: 'file_input', filetypes: ['png', 'jpg'], max_files: 2 });

/** What Slack tells of the file that a person uploaded as `fox.png`. */
const toldFox = {
  id: expect.stringMatching(/^F/),
  name: 'fox.png',
  title: 'fox.png',
  mimetype: 'image/png',
  filetype: 'png',
  user: 'U000000ANA',
  user_team: 'T0SANDBOX1',
  mode: 'hosted',
  size: pixel.length,
  url_private: expect.stringMatching(/^http:\/\/slack\/files-pri\/T0SANDBOX1-F\w+\/fox\.png$/),
  url_private_download: expect.stringMatching(/^http:\/\/slack\/files-pri\/T0SANDBOX1-F\w+\/download\/fox\.png$/),
};

/** A workspace where Ana posts files, and what the app downloads of them. */
async function open(granted = scopes) {
  const workspace = await openWorkspace({ scopes: granted });
  const { id: user } = workspace.people.ana;
  const post = (channel = 'C0MARKETNG', files = [fox]) => workspace.post({ channel, user, text: 'A draft', files });
  const infoOf = async (file: string) => Object((await clientOf(workspace).files.info({ file })).file);
  const download = (url: string, token = workspace.botToken, more: RequestInit = {}) =>
    fetch(url, { headers: { authorization: `Bearer ${token}` }, ...more });
  /** The address that the message shortcut tells of the posted file. */
  const addressOf = ({ channel, ts }: ReturnType<typeof post>): string => {
    const id = workspace.messages(channel).find((message) => message.ts === ts)?.files[0]?.id;
    return `${workspace.url}/files-pri/${workspace.team.id}-${id}/download/fox.png`;
  };
  return { workspace, user, post, infoOf, download, addressOf };
}

describe('a post with files', () => {
  it('comes with a message shortcut as Slack tells files', async () => {
    const { workspace, user, post } = await open();
    const payloads = await gather(workspace);
    const { channel, ts, files } = post();
    expect(files).toEqual([{ id: expect.any(String), name: 'fox.png', title: 'fox.png', mediaType: 'image/png' }]);
    await workspace.shortcut({ user, channel, messageTs: ts, callbackId: 'imagine_from_post' });
    expect(steady(workspace, payloads)).toMatchObject([
      { message: { subtype: 'file_share', text: 'A draft', upload: false, files: [{ ...toldFox, is_public: true }] } },
    ]);
  });

  it('names the type after the name of a file, not after its bytes', async () => {
    const { post, infoOf } = await open();
    const [html] = post('C0MARKETNG', [{ name: 'page.JPEG', content: Buffer.from('<p>no image</p>') }]).files;
    expect(await infoOf(html?.id ?? '')).toMatchObject({ mimetype: 'image/jpeg', filetype: 'jpg' });
  });

  it('has no type until Slack has processed it', async () => {
    const { workspace, post, infoOf } = await open();
    workspace.settings.fileProcessingMs = 60_000;
    expect(await infoOf(post().files[0]?.id ?? '')).toMatchObject({ mimetype: '', filetype: '' });
  });
});

describe('files.info', () => {
  it('tells the file and where it is shared', async () => {
    const { workspace, post, infoOf } = await open();
    const info = await infoOf(post().files[0]?.id ?? '');
    expect(steady(workspace, info)).toMatchObject({ ...toldFox, channels: ['C0MARKETNG'], groups: [], ims: [] });
  });

  it('needs files:read, a file, and the bot in a conversation that has it', async () => {
    const { workspace, post } = await open();
    const refuse = (file = '') => refusalOf(clientOf(workspace).files.info({ file }));
    expect((await refuse('F00000000')).error).toBe('file_not_found');
    expect((await refuse(post('C000SECRET').files[0]?.id)).error).toBe('file_not_found');
    const { workspace: other } = await open(defaultScopes);
    const refusal = await refusalOf(clientOf(other).files.info({ file: 'F00000000' }));
    expect(refusal).toMatchObject({ error: 'missing_scope', needed: 'files:read' });
  });
});

describe('downloading a file', () => {
  it('takes the bot token in the header', async () => {
    const { workspace, post, download, addressOf } = await open();
    const answer = await download(addressOf(post()));
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(pixel);
    expect(workspace.calls()).toMatchObject([{ method: 'download', ok: true }]);
  });

  it.each([
    ['no token of the workspace', 'xoxb-other', scopes, 'C0MARKETNG', 'invalid_auth'],
    ['no files:read', 'xoxb-sandbox', defaultScopes, 'C0MARKETNG', 'missing_scope'],
    ['a conversation without the bot', 'xoxb-sandbox', scopes, 'C000SECRET', 'not_visible'],
  ])('with %s is sent to the login page, which is HTML with status 200', async (_what, token, granted, room, error) => {
    const { workspace, post, download, addressOf } = await open(granted);
    const url = addressOf(post(room));
    const redirected = await download(url, token, { redirect: 'manual' });
    expect([redirected.status, redirected.headers.get('location')]).toEqual([
      302,
      `${workspace.url}/?redir=${encodeURIComponent(new URL(url).pathname)}`,
    ]);
    const answer = await download(url, token);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(workspace.calls()).toMatchObject([{ error }, { error }]);
  });

  it('of no file is answered 404, and meets faults', async () => {
    const { workspace, post, download, addressOf } = await open();
    expect((await download(`${workspace.url}/files-pri/T0SANDBOX1-F00000000/download/fox.png`)).status).toBe(404);
    workspace.faults.calls.add({ kind: 'http_500' }, { when: ({ method }) => method === 'download' });
    expect((await download(addressOf(post()))).status).toBe(500);
  });
});

describe('file inputs', () => {
  it('tell their files with the submission, which the app then may read', async () => {
    const { workspace, user, payloads, client, seen } = await openForm([image], undefined, {}, { scopes });
    await workspace.typeInView({ user, values: { image: [fox] } });
    expect(seen()?.files).toMatchObject([{ name: 'fox.png', mediaType: 'image/png' }]);
    expect(await workspace.submitView({ user })).toEqual({ outcome: 'closed' });
    const files = [{ ...toldFox, is_public: false }];
    const state = { values: { image: { value: { type: 'file_input', files } } } };
    expect(steady(workspace, payloads)).toMatchObject([{ view: { state } }]);
    const [id] = JSON.stringify(payloads).match(/F0\w+/) ?? [];
    expect((await client.files.info({ file: String(id) })).file?.name).toBe('fox.png');
  });

  it('hold an empty list if they are optional and left alone', async () => {
    const optional = { ...image, optional: true };
    const { workspace, user, payloads } = await openForm([...form, optional], undefined, {}, { scopes });
    await workspace.submitView({ user });
    expect(payloads).toMatchObject([{ view: { state: { values: { image: { value: { files: [] } } } } } }]);
  });

  it('take no other type, no third file, and none over 10 MB', async () => {
    const { workspace, user } = await openForm([image], undefined, {}, { scopes });
    const choose = (...files: { name: string; content: Buffer }[]) =>
      workspace.typeInView({ user, values: { image: files } });
    await expect(choose({ ...fox, name: 'fox.webp' })).rejects.toThrow('none of the file types png, jpg');
    await expect(choose(fox, fox, fox)).rejects.toThrow('at most 2 files');
    await expect(choose({ ...fox, content: Buffer.alloc(10 * 2 ** 20 + 1) })).rejects.toThrow('larger than 10 MB');
    await expect(workspace.typeInView({ user, values: { image: 'fox.png' } })).rejects.toThrow('takes only files');
    expect(await workspace.submitView({ user })).toMatchObject({ outcome: 'errors', refusedBy: 'slack' });
  });

  it.each([
    ['eleven files', { max_files: 11 }, {}],
    ['no files', { max_files: 0 }, {}],
    ['dispatch_action', {}, { dispatch_action: true }],
  ])('with %s are refused', async (_what, fields, more) => {
    const { openView } = await start(undefined, { scopes });
    const refusal = await refusalOf(openView(modal([input('image', { type: 'file_input', ...fields }, more)])));
    expect(refusal.error).toBe('invalid_arguments');
  });

  it('are refused to an app without files:read', async () => {
    const refusal = await refusalOf((await start()).openView(modal([image])));
    expect(refusal).toMatchObject({ error: 'missing_scope', needed: 'files:read' });
  });
});

it('the app cannot delete a file of a person', async () => {
  const { workspace, post } = await open();
  const file = post().files[0]?.id ?? '';
  expect((await refusalOf(clientOf(workspace).files.delete({ file }))).error).toBe('cant_delete_file');
});

it('the app can show a file of a person in an image block, if it sees that file', async () => {
  const { workspace, post } = await open();
  const show = (channel: string) => {
    const slack_file = { id: post(channel).files[0]?.id };
    return postBlocks(workspace, [{ type: 'image', slack_file, alt_text: 'a fox' }]);
  };
  await show('C0MARKETNG');
  expect(workspace.messages('C0MARKETNG').at(-1)?.images).toMatchObject([{ altText: 'a fox', problem: undefined }]);
  expect((await refusalOf(show('C000SECRET'))).error).toBe('invalid_blocks');
});

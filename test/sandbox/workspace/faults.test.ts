import { webApi } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import { clientOf, gather, openWorkspace } from './helpers.js';

const message = { channel: 'C0MARKETNG', text: 'x' };

async function responseUrl() {
  const workspace = await openWorkspace();
  const payloads = await gather(workspace);
  await workspace.command({ user: workspace.people.ana.id, channel: 'C0MARKETNG', text: 'x' });
  const url = String(payloads[0]?.response_url);
  const post = (text: string) => fetch(url, { method: 'POST', body: JSON.stringify({ text }) });
  return { workspace, post };
}

describe('faults of the Web API', () => {
  it('a rate limit is HTTP 429 with Retry-After, which the SDK waits for', async () => {
    const workspace = await openWorkspace();
    workspace.faults.calls.add({ kind: 'rate_limited', retryAfterSeconds: 30 });
    const call = clientOf(workspace, { rejectRateLimitedCalls: true }).chat.postMessage(message);
    await expect(call).rejects.toMatchObject({ code: webApi.ErrorCode.RateLimitedError, retryAfter: 30 });
  });

  it.each([
    ['http_500', { code: webApi.ErrorCode.HTTPError, statusCode: 500 }],
    ['reset', { code: webApi.ErrorCode.RequestError }],
  ] as const)('%s performs nothing', async (kind, error) => {
    const workspace = await openWorkspace();
    workspace.faults.calls.add({ kind });
    await expect(clientOf(workspace).chat.postMessage(message)).rejects.toMatchObject(error);
    expect(workspace.messages('C0MARKETNG')).toEqual([]);
  });

  it('a lost answer leaves the message posted, so that a retry posts it twice', async () => {
    const workspace = await openWorkspace();
    workspace.faults.calls.add({ kind: 'answer_lost' });
    await clientOf(workspace, { retryConfig: { retries: 1, minTimeout: 1, factor: 1 } }).chat.postMessage(message);
    expect(workspace.messages('C0MARKETNG')).toHaveLength(2);
    expect(workspace.calls()).toMatchObject([{ error: 'answer_lost' }, { ok: true }]);
  });

  it('a slow call outlasts a time-out and is performed all the same', async () => {
    const workspace = await openWorkspace();
    workspace.faults.calls.add({ kind: 'slow', ms: 150 });
    const call = clientOf(workspace, { timeout: 50 }).chat.postMessage(message);
    await expect(call).rejects.toMatchObject({ code: webApi.ErrorCode.RequestError });
    expect(workspace.messages('C0MARKETNG')).toEqual([]);
    await workspace.waitFor(() => workspace.messages('C0MARKETNG').length === 1);
  });
});

describe('faults of response URLs', () => {
  it('a post can be refused, limited, failed or reset', async () => {
    const { workspace, post } = await responseUrl();
    const { responseUrls } = workspace.faults;
    responseUrls.add({ kind: 'error', error: 'channel_is_archived' });
    responseUrls.add({ kind: 'rate_limited', retryAfterSeconds: 3 });
    responseUrls.add({ kind: 'http_500' });
    responseUrls.add({ kind: 'reset' });
    const refused = await post('1');
    expect([refused.status, await refused.text()]).toEqual([400, 'channel_is_archived']);
    const limited = await post('2');
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '3']);
    expect((await post('3')).status).toBe(500);
    await expect(post('4')).rejects.toThrow('fetch failed');
    expect(workspace.messages('C0MARKETNG', { as: workspace.people.ana.id })).toEqual([]);
  });

  it('an answer can be lost after the message was posted', async () => {
    const { workspace, post } = await responseUrl();
    workspace.faults.responseUrls.add({ kind: 'answer_lost' }, { when: (call) => call.arguments.text === 'lost' });
    await post('kept');
    await expect(post('lost')).rejects.toThrow('fetch failed');
    const texts = workspace.messages('C0MARKETNG', { as: workspace.people.ana.id }).map(({ text }) => text);
    expect(texts).toEqual(['kept', 'lost']);
  });
});

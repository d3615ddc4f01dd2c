import { describe, expect, it, vi } from 'vitest';
import { freePort } from './free-port.js';
import { isFinished, type StoryOptions, startStory } from './story.js';

async function startWatched(options: StoryOptions = {}) {
  const port = await freePort();
  const story = await startStory({ ...options, settings: { HEALTH_PORT: String(port), ...options.settings } });
  const get = async (path: string) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`);
    return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() };
  };
  /** The value of one line of /metrics. */
  const metric = async (line: string) => {
    const { text } = await get('/metrics');
    const found = text.split('\n').find((each) => each.startsWith(`${line} `));
    return found === undefined ? undefined : Number(found.slice(line.length + 1));
  };
  return { story, get, metric };
}

describe('/readyz', () => {
  it('is 200 while Slack is connected and the bucket answers', async () => {
    const { get } = await startWatched();
    expect(await get('/readyz')).toMatchObject({ status: 200, text: 'ok\n' });
  });

  it('turns 503 when the socket is gone, and 200 when it is back', async () => {
    const { story, get } = await startWatched();
    const { faults } = story.workspace;
    faults.calls.add({ kind: 'http_500' }, { times: 1000, when: ({ method }) => method === 'apps.connections.open' });
    story.workspace.disconnect('refresh_requested');
    await vi.waitFor(
      async () =>
        expect(await get('/readyz')).toMatchObject({ status: 503, text: 'slack: the socket is not connected\n' }),
      { timeout: 10_000, interval: 200 },
    );
    expect((await get('/healthz')).status).toBe(200);
    faults.calls.clear();
    await vi.waitFor(async () => expect((await get('/readyz')).status).toBe(200), { timeout: 15_000, interval: 200 });
  });

  it('turns 503 when the bucket refuses', async () => {
    const { story, get } = await startWatched();
    story.s3.faults.add({ kind: 'error', code: 'AccessDenied' }, { times: 1000 });
    expect(await get('/readyz')).toMatchObject({
      status: 503,
      text: `bucket: reading from ${story.bucket} ended with AccessDenied\n`,
    });
  });

  it('asks the bucket once in a while, however often it is asked itself', async () => {
    const { story, get } = await startWatched();
    const asked = () => story.s3.requests().filter(({ operation }) => operation === 'GetObject').length;
    const before = asked();
    await Promise.all(Array.from({ length: 20 }, () => get('/readyz')));
    expect(asked() - before).toBe(1);
  });

  it('asks Slack over HTTP, where Slack is the one that connects', async () => {
    const port = await freePort();
    const signingSecret = 'sandbox-signing-secret';
    const story = await startStory({
      workspace: { signingSecret, settings: { requestUrl: `http://127.0.0.1:${port}/slack/events` } },
      settings: { SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: signingSecret, PORT: String(port) },
    });
    story.workspace.faults.calls.add(
      { kind: 'error', error: 'token_revoked' },
      { times: 1000, when: ({ method }) => method === 'auth.test' },
    );
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`);
    expect(answer.status).toBe(503);
    expect(await answer.text()).toMatch(/^slack: the Web API refused auth\.test \(.*token_revoked.*\)\n$/);
  });
});

describe('/metrics', () => {
  it('tells the truth after a batch with one failure', async () => {
    const { story, get, metric } = await startWatched({ settings: { IMAGES_PER_USER_PER_DAY: '5' } });
    story.bedrock.faults.add({ kind: 'filtered image' });
    await story.imagine('a red fox in the snow');
    await story.see('three images', isFinished);
    await story.imagine('a blue fox in the snow');
    await story.see('the refusal', ({ isEphemeral }) => isEphemeral);
    const model = 'model="stability.stable-image-core-v1:1"';
    expect(await metric(`imagine_pictures_total{${model},outcome="stored"}`)).toBe(3);
    expect(await metric(`imagine_pictures_total{${model},outcome="filtered_image"}`)).toBe(1);
    expect(await metric('imagine_batches_total{outcome="some"}')).toBe(1);
    expect(await metric('imagine_batches_running')).toBe(0);
    expect(await metric('imagine_requests_refused_total{reason="person_day"}')).toBe(1);
    expect(await metric(`imagine_line_pictures{${model}}`)).toBe(0);
    expect(await metric('imagine_step_seconds_count{step="storing"}')).toBe(3);
    expect(await metric('imagine_step_seconds_count{step="acknowledging"}')).toBe(2);
    expect(await metric('imagine_step_seconds_count{step="showing"}')).toBeGreaterThan(0);
    const { type, text } = await get('/metrics');
    expect(type).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(text).not.toMatch(new RegExp(`fox|${story.ana}|${story.marketing}|${story.bucket}`));
  });

  it('counts what runs and what waits', async () => {
    const { story, metric } = await startWatched({ settings: { GENERATION_TIMEOUT_SECONDS: '5' } });
    story.bedrock.faults.add({ kind: 'never' }, { times: 20 });
    for (let count = 0; count < 3; count += 1) await story.imagine('a red fox in the snow');
    await story.imagine('a red fox in the snow', { user: story.ben });
    await story.imagine('a red fox in the snow', { user: story.ben });
    await vi.waitFor(() => expect(story.bedrock.inFlight()).toBe(16), { timeout: 10_000, interval: 20 });
    expect(await metric('imagine_batches_running')).toBe(5);
    expect(await metric('imagine_line_pictures{model="stability.stable-image-core-v1:1"}')).toBe(4);
  });

  it("counts Slack's refusals by Slack's own word for them", async () => {
    const { story, metric } = await startWatched();
    story.workspace.faults.calls.add(
      { kind: 'error', error: 'not_in_channel' },
      { when: ({ method }) => method === 'chat.postMessage' },
    );
    await story.imagine('a red fox in the snow');
    await story.see('the images, by response_url', isFinished);
    expect(await metric('imagine_slack_errors_total{code="not_in_channel"}')).toBe(1);
  });
});

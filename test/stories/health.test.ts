import { expect, it, vi } from 'vitest';
import { startOverHttp, startWatched } from './over-http.js';
import { always, denied } from './story.js';

async function start(settings?: Record<string, string>) {
  const { story, url } = await startWatched(settings);
  const get = async (path: string) => {
    const answer = await fetch(url + path);
    return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() };
  };
  /** The value of one line of /metrics. */
  const metric = async (line: string) => {
    const { text } = await get('/metrics');
    const found = text.split('\n').find((each) => each.startsWith(`${line} `));
    return found && Number(found.slice(line.length + 1));
  };
  return { story, get, metric };
}

it('/readyz is 200 while Slack is connected and the bucket answers, which is asked once in a while', async () => {
  const { story, get } = await start();
  const reads = () => story.asked('GetObject', /./).length;
  const before = reads();
  const answers = await Promise.all(Array.from({ length: 20 }, () => get('/readyz')));
  expect(answers).toEqual(Array(20).fill(expect.objectContaining({ status: 200, text: 'ok\n' })));
  expect(reads() - before).toBe(1);
});

it('/readyz turns 503 when the socket is gone, and 200 when it is back', async () => {
  const { story, get } = await start();
  story.planCalls('apps.connections.open', { kind: 'http_500' }, always);
  story.workspace.disconnect('refresh_requested');
  const seldom = { timeout: 15_000, interval: 200 };
  const gone = { status: 503, text: 'slack: the socket is not connected\n' };
  await vi.waitFor(async () => expect(await get('/readyz')).toMatchObject(gone), seldom);
  expect((await get('/healthz')).status).toBe(200);
  story.workspace.faults.calls.clear();
  await vi.waitFor(async () => expect((await get('/readyz')).status).toBe(200), seldom);
});

it('/readyz turns 503 when the bucket refuses', async () => {
  const { story, get } = await start();
  story.planS3(denied, 'any', /./, always);
  const text = `bucket: reading from ${story.bucket} ended with AccessDenied\n`;
  expect(await get('/readyz')).toMatchObject({ status: 503, text });
});

it('/readyz asks Slack over HTTP, where Slack is the one that connects', async () => {
  const { story, url } = await startOverHttp();
  story.planCalls('auth.test', { kind: 'error', error: 'token_revoked' }, always);
  const answer = await fetch(`${url}/readyz`);
  expect(answer.status).toBe(503);
  expect(await answer.text()).toMatch(/^slack: the Web API refused auth\.test \(.*token_revoked.*\)\n$/);
});

it('/metrics tells the truth after a batch with one failure', async () => {
  const { story, get, metric } = await start({ IMAGES_PER_USER_PER_DAY: '5' });
  story.bedrock.faults.add({ kind: 'filtered image' });
  story.planCalls('chat.postMessage', { kind: 'error', error: 'not_in_channel' });
  await story.imagine('a red fox in the snow');
  await story.seeImages(3);
  await story.imagine('a blue fox in the snow');
  await story.seePrivately();
  const model = 'model="stability.stable-image-core-v1:1"';
  for (const [line, value] of Object.entries({
    [`imagine_pictures_total{${model},outcome="stored"}`]: 3,
    [`imagine_pictures_total{${model},outcome="filtered_image"}`]: 1,
    'imagine_batches_total{outcome="some"}': 1,
    imagine_batches_running: 0,
    'imagine_slack_errors_total{code="not_in_channel"}': 1,
    'imagine_requests_refused_total{reason="person_day"}': 1,
    [`imagine_line_pictures{${model}}`]: 0,
    'imagine_step_seconds_count{step="storing"}': 3,
    'imagine_step_seconds_count{step="acknowledging"}': 2,
  })) {
    expect([line, await metric(line)]).toEqual([line, value]);
  }
  expect(await metric('imagine_step_seconds_count{step="showing"}')).toBeGreaterThan(0);
  const { type, text } = await get('/metrics');
  expect(type).toBe('text/plain; version=0.0.4; charset=utf-8');
  expect(text).not.toMatch(new RegExp(`fox|${story.ana}|${story.marketing}|${story.bucket}`));
});

it('/metrics counts what runs and what waits, and for how long the oldest has', async () => {
  const { story, metric } = await start({ BEDROCK_REQUESTS_PER_MINUTE: '16' });
  const model = 'model="stability.stable-image-core-v1:1"';
  story.bedrock.faults.add({ kind: 'never' }, { times: always });
  for (let count = 0; count < 5; count += 1) await story.imagine('a red fox in the snow');
  await story.until(() => story.bedrock.inFlight() === 16);
  story.passMinutes(2);
  expect(await metric('imagine_batches_running')).toBe(5);
  expect(await metric(`imagine_line_pictures{${model}}`)).toBe(4);
  expect(await metric(`imagine_line_oldest_seconds{${model}}`)).toBeGreaterThanOrEqual(120);
  story.app.kill(); // it would wait for the model
});

import { expect, it } from 'vitest';
import { startOverHttp, startWatched } from './over-http.js';
import { openConnection } from './raw-http.js';
import { fox, isFinished } from './story.js';

it.each([
  ['Socket Mode', startWatched],
  ['HTTP mode', startOverHttp],
])('in %s an app that stops says so, finishes its work and waits for no silent connection', async (_mode, start) => {
  const { story, port, url } = await start();
  const { app, workspace, bedrock } = story;
  await openConnection(port);
  const halfSaid = await openConnection(port);
  halfSaid.write('POST /slack/events HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\nhalf');
  bedrock.faults.add({ kind: 'slow', milliseconds: 2000 }, { times: 4 });
  await story.imagine(fox);
  await story.until(() => bedrock.inFlight() === 4);
  const get = async (path: string) => {
    const answer = await fetch(url + path);
    return [answer.status, await answer.text()];
  };
  expect(await get('/readyz')).toEqual([200, 'ok\n']);
  const stopped = app.stop();
  expect(await get('/readyz')).toEqual([503, 'the app is stopping\n']);
  expect(await get('/healthz')).toEqual([200, 'ok\n']);
  const late = await workspace.command({ user: story.ben, channel: story.marketing, text: 'a late fox' });
  expect(late.acknowledged).toBe(false);
  await stopped;
  expect(story.posted().filter(isFinished)).toHaveLength(1);
  await expect(openConnection(port)).rejects.toThrow('ECONNREFUSED');
});

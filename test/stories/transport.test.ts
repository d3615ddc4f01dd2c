import { expect, it } from 'vitest';
import { signingSecret, startOverHttp } from './over-http.js';

it('plays the whole path over HTTP by settings alone, and refuses a signature that is forged or ten minutes old', async () => {
  const { story, send } = await startOverHttp();
  for (const options of [{ secret: 'another-secret' }, { secret: signingSecret, ageSeconds: 600 }]) {
    expect((await send({ command: '/imagine', text: 'a fox', user_id: story.ana }, options)).status).toBe(401);
  }
  expect(story.records()).toEqual([]);
  await story.imagine('a red fox in the snow');
  await story.click(await story.seeImages(), 2);
  await story.seePicked();
  expect(story.workspace.connections()).toBe(0);
});

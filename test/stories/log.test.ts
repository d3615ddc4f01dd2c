import { expect, it } from 'vitest';
import { seeForm, submit } from './form.js';
import { startOverHttp } from './over-http.js';
import { startStory } from './story.js';

it.each([
  ['Socket Mode', startStory],
  ['HTTP', async () => (await startOverHttp()).story],
])('holds no word of a prompt, even at debug (%s)', async (_transport, start) => {
  const story = await start();
  await story.imagine('a zebrafish in the snow --quality');
  await story.imagine('a zebrafish in the snow');
  const message = await story.seeImages();
  await story.press(message, 'edit_prompt');
  await seeForm(story);
  await submit(story, { prompt: 'a zebrafish at dusk' });
  await story.seeNewBatch([message]);
  expect(story.log()).toContain("apiCall('chat.update') start");
  expect(story.log()).not.toContain('zebrafish');
});

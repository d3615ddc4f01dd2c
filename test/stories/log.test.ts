import { expect, it } from 'vitest';
import { seeForm, submit } from './form.js';
import { freePort } from './free-port.js';
import { isFinished, type StoryOptions, startStory } from './story.js';

async function overHttp(): Promise<StoryOptions> {
  const port = await freePort();
  const signingSecret = 'sandbox-signing-secret';
  return {
    workspace: { signingSecret, settings: { requestUrl: `http://127.0.0.1:${port}/slack/events` } },
    settings: { SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: signingSecret, PORT: String(port) },
  };
}

it.each([
  ['Socket Mode', async () => ({})],
  ['HTTP', overHttp],
])('holds no word of a prompt, even at debug (%s)', async (_transport, options) => {
  const story = await startStory(await options());
  await story.imagine('a zebrafish in the snow --quality');
  await story.imagine('a zebrafish in the snow');
  const message = await story.see('four images', isFinished);
  await story.press(message, 'edit_prompt');
  await seeForm(story);
  await submit(story, { prompt: 'a zebrafish at dusk' });
  await story.see('four more', (seen) => isFinished(seen) && seen.ts !== message.ts);
  expect(story.log()).toContain("apiCall('chat.update') start");
  expect(story.log()).not.toContain('zebrafish');
});

import { createHmac } from 'node:crypto';
import { freePort } from './free-port.js';
import { type StoryOptions, startStory } from './story.js';

const signingSecret = 'sandbox-signing-secret';

/** Sends this form as Slack would, signed by default. */
type Send = (form: Record<string, string>, options?: { secret?: string; ageSeconds?: number }) => Promise<Response>;

/** The app in HTTP mode, which accepts any request with the right signature. */
export function startOverHttp(settings?: Record<string, string>) {
  return startWith(startStory, settings);
}

/** The app in Socket Mode, with a health port. */
export async function startWatched(settings?: Record<string, string>) {
  const port = await freePort();
  const story = await startStory({ settings: { HEALTH_PORT: String(port), ...settings } });
  return { story, port, url: `http://127.0.0.1:${port}` };
}

/** By a story of either kind. */
export async function startWith<Told>(
  tell: (options: StoryOptions) => Promise<Told>,
  settings?: Record<string, string>,
) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const story = await tell({
    workspace: { signingSecret, settings: { requestUrl: `${url}/slack/events` } },
    settings: { SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: signingSecret, PORT: String(port), ...settings },
  });
  return { story, port, url, send: createSend(url) };
}

function createSend(url: string): Send {
  return (form, { secret = signingSecret, ageSeconds = 0 } = {}) => {
    const body = new URLSearchParams(form).toString();
    const timestamp = String(Math.floor(Date.now() / 1000) - ageSeconds);
    const signature = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
    return fetch(`${url}/slack/events`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': `v0=${signature}`,
      },
      body,
    });
  };
}

import { createHmac } from 'node:crypto';
import { freePort } from './free-port.js';
import { type Story, startStory } from './story.js';

export const signingSecret = 'sandbox-signing-secret';

export interface HttpStory {
  story: Story;
  url: string;
  /** Sends this form as Slack would, signed unless told otherwise. */
  send(form: Record<string, string>, options?: { secret?: string; ageSeconds?: number }): Promise<Response>;
}

/** The app where it takes what anybody posts, as far as the signature is right. */
export async function startOverHttp(): Promise<HttpStory> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const story = await startStory({
    workspace: { signingSecret, settings: { requestUrl: `${url}/slack/events` } },
    settings: { SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: signingSecret, PORT: String(port) },
  });
  return {
    story,
    url,
    send(form, { secret = signingSecret, ageSeconds = 0 } = {}) {
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
    },
  };
}

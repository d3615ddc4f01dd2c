import type { webApi } from '@slack/bolt';
import { z } from 'zod';

const refusalSchema = z.object({ ok: z.literal(false), error: z.string() });

/** `fetch` for Slack's Web API that tells of every call that failed, retried ones too, by Slack's own word for it. */
export function createCountingFetch(onError: (code: string) => void): webApi.FetchFunction {
  return async (url, init) => {
    try {
      const response = await fetch(url, init);
      const code = await readCode(response.clone());
      if (code) onError(code);
      return response;
    } catch (error) {
      onError('no_answer');
      throw error;
    }
  };
}

/** Refusals are HTTP 200 with `ok: false`: https://docs.slack.dev/apis/web-api/#responses */
async function readCode(response: Response): Promise<string | undefined> {
  if (response.status === 429) return 'ratelimited';
  if (!response.ok) return `http_${response.status}`;
  if (!response.headers.get('content-type')?.includes('json')) return undefined; // an upload's answer
  return refusalSchema.safeParse(await response.json()).data?.error;
}

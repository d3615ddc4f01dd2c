import { z } from 'zod';
import { RequestError } from '../../core/errors.js';
import type { Log } from '../../core/log.js';
import { refusalCode } from './slack-errors.js';
import type { SlackConnection, WebClients } from './web-clients.js';

/** What a form takes: https://docs.slack.dev/reference/block-kit/block-elements/file-input-element */
export const maxFileBytes = 10 * 2 ** 20;

/** The user waits for the message that their images are being drawn. */
const timeoutMilliseconds = 20_000;

const infoSchema = z.object({
  file: z.object({ size: z.int().nonnegative().catch(0), url_private_download: z.url() }),
});

/** The bytes of a file of Slack's. @throws RequestError for the user to read */
export type DownloadFile = (fileId: string) => Promise<Uint8Array>;

/**
 * Downloads files that the bot may see. The token goes to Slack alone, whatever the file says of its address: a file
 * can be one of another service's, and a redirect leads elsewhere, such as to the login page.
 * https://docs.slack.dev/reference/objects/file-object
 */
export function createDownloadFile(
  { botToken, apiUrl }: Pick<SlackConnection, 'botToken' | 'apiUrl'>,
  { clients, log }: { clients: Pick<WebClients, 'retrying'>; log: Log },
  maxMilliseconds = timeoutMilliseconds,
): DownloadFile {
  const isSlack = knowSlack(apiUrl);

  async function findUrl(file: string): Promise<string> {
    const answer = await clients.retrying.files.info({ file }).catch((error: unknown) => {
      const code = refusalCode(error);
      log[code === 'missing_scope' ? 'error' : 'warn']('file not found', { file, error });
      if (code === 'missing_scope') throw new RequestError({ kind: 'files_not_allowed' }, { cause: error });
      throw new RequestError({ kind: hidden.has(code) ? 'file_not_visible' : 'file_not_loaded' }, { cause: error });
    });
    const info = infoSchema.safeParse(answer).data?.file;
    if (!info || !isSlack(info.url_private_download)) {
      log.warn('file not kept by Slack', { file });
      throw new RequestError({ kind: 'file_not_visible' });
    }
    if (info.size > maxFileBytes) throw new RequestError({ kind: 'input_too_large' });
    return info.url_private_download;
  }

  async function download(url: string): Promise<Uint8Array> {
    const response = await fetch(url, {
      headers: { authorization: `Bearer ${botToken}` },
      redirect: 'manual',
      signal: AbortSignal.timeout(maxMilliseconds),
    });
    if (response.status === 200) return readAll(response);
    await response.body?.cancel();
    const isGone = response.status >= 300 && response.status < 500 && response.status !== 429;
    throw new RequestError({ kind: isGone ? 'file_not_visible' : 'file_not_loaded' });
  }

  return async (fileId) => {
    const url = await findUrl(fileId);
    return download(url).catch((error: unknown) => {
      if (error instanceof RequestError && error.problem.kind === 'input_too_large') throw error;
      log.warn('file not downloaded', { file: fileId, error });
      throw error instanceof RequestError ? error : new RequestError({ kind: 'file_not_loaded' }, { cause: error });
    });
  };
}

/** https://docs.slack.dev/reference/methods/files.info#errors */
const hidden = new Set(['file_not_found', 'file_deleted', 'access_denied', 'not_visible', 'no_permission']);

/** Slack's own hosts, GovSlack's too, and that of the Web API wherever it is. */
function knowSlack(apiUrl = 'https://slack.com/api/'): (url: string) => boolean {
  const { origin, host } = new URL(apiUrl);
  const origins = ['https://files.slack.com', `https://files.${host}`, origin];
  return (url) => origins.includes(new URL(url).origin);
}

/** Reads no further than it has to in order to refuse a file that is too large, whatever its length was said to be. */
async function readAll({ body }: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.byteLength;
    if (length > maxFileBytes) throw new RequestError({ kind: 'input_too_large' }); // which also ends the download
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

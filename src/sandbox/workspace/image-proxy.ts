import type { Faults } from '../faults.js';
import type { ImageFault, WorkspaceSettings } from './options.js';

interface ProxiedImage {
  bytes: Buffer;
  mediaType: string;
}

export interface ImageProxy {
  /** Downloads the image, once for each URL; undefined where that fails. */
  download(url: string): Promise<ProxiedImage | undefined>;
  get(url: string): ProxiedImage | undefined;
}

const shownTypes = ['image/png', 'image/jpeg', 'image/gif'];
const canBeFetched = (url: string): boolean => URL.canParse(url) && /^https?:\/\/[^\s]+$/.test(url);

async function fetchImage(url: string, timeoutMs: number): Promise<ProxiedImage | undefined> {
  const response = await fetch(url, {
    headers: { 'user-agent': 'Slack-ImgProxy (+https://api.slack.com/robots)' },
    signal: AbortSignal.timeout(timeoutMs),
  });
  const mediaType = response.headers.get('content-type')?.split(';')[0]?.trim() ?? '';
  if (response.status !== 200 || !shownTypes.includes(mediaType)) {
    await response.body?.cancel();
    return undefined;
  }
  return { bytes: Buffer.from(await response.arrayBuffer()), mediaType };
}

/** Slack's own copy of every picture it was pointed at. Cached by the whole URL, query included. */
export function createImageProxy(settings: WorkspaceSettings, faults: Faults<{ url: string }, ImageFault>): ImageProxy {
  const cache = new Map<string, ProxiedImage>();
  return {
    async download(url) {
      if (faults.take({ url })) return undefined;
      const known = cache.get(url);
      if (known || !canBeFetched(url)) return known;
      try {
        const image = await fetchImage(url, settings.imageDownloadMs);
        if (image) cache.set(url, image);
        return image;
      } catch {
        return undefined; // no such host, no answer in time, a broken connection: to Slack they are one
      }
    },
    get: (url) => cache.get(url),
  };
}

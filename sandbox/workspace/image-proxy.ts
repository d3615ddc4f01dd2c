import type { Faults } from '../faults.js';
import { createImageCache, type ImageCache, type ProxiedImage } from './image-cache.js';
import type { ImageFault, WorkspaceSettings } from './options.js';

export interface ImageProxy extends Pick<ImageCache, 'get' | 'factsOf'> {
  /** For a message: the image, downloaded unless its bytes are still there; undefined where that fails. */
  download(url: string): Promise<ProxiedImage | undefined>;
  /** For a person who looks at it: the same, of an image that has been downloaded before. Meets no fault. */
  load(url: string): Promise<ProxiedImage | undefined>;
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

/**
 * Slack's own copies of the images that it was pointed at. Those whose bytes were let go are downloaded again when they are
 * asked for, which fails where the URL has expired.
 */
export function createImageProxy(settings: WorkspaceSettings, faults: Faults<{ url: string }, ImageFault>): ImageProxy {
  const cache = createImageCache();

  async function getOrFetch(url: string): Promise<ProxiedImage | undefined> {
    const kept = cache.get(url);
    if (kept || !canBeFetched(url)) return kept;
    try {
      const image = await fetchImage(url, settings.imageDownloadMs);
      if (image) cache.keep(url, image);
      return image;
    } catch {
      return undefined; // no such host, no answer in time, a broken connection: to Slack they are one
    }
  }

  return {
    download: async (url) => (faults.take({ url }) ? undefined : getOrFetch(url)),
    load: async (url) => (cache.factsOf(url) ? getOrFetch(url) : undefined),
    get: cache.get,
    factsOf: cache.factsOf,
  };
}

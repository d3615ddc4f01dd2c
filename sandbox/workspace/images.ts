import type { MessageBlock } from './block-kit/blocks.js';
import type { ImageElement } from './block-kit/elements.js';
import { imagesIn } from './block-kit/walk.js';
import type { Context } from './context.js';
import { isVisibleToApp } from './files.js';
import type { SlackFile } from './model.js';
import type { WorkspaceFaults, WorkspaceSettings } from './options.js';

interface DownloadedImage {
  bytes: Buffer;
  mediaType: string;
}

const shownTypes = ['image/png', 'image/jpeg', 'image/gif'];

export type Images = ReturnType<typeof createImages>;

/** Slack's own copies of the images that messages pointed it at, by the whole URL, query included. */
export function createImages(settings: WorkspaceSettings, faults: WorkspaceFaults['images'], maxBytes = 64 * 2 ** 20) {
  const known = new Set<string>();
  const downloads = new Map<string, Promise<unknown>>();
  const cache = new Map<string, DownloadedImage>(); // in the order of use, the latest last
  let cachedBytes = 0;

  function get(url: string): DownloadedImage | undefined {
    const image = cache.get(url);
    if (image) {
      cache.delete(url);
      cache.set(url, image);
    }
    return image;
  }

  function keep(url: string, image: DownloadedImage): void {
    known.add(url);
    cachedBytes += image.bytes.length - (cache.get(url)?.bytes.length ?? 0);
    cache.set(url, image);
    for (const [oldest, { bytes }] of cache) {
      if (cachedBytes <= maxBytes) return;
      cache.delete(oldest);
      cachedBytes -= bytes.length;
    }
  }

  async function getOrFetch(url: string): Promise<DownloadedImage | undefined> {
    const kept = get(url);
    if (kept || !/^https?:/.test(url)) return kept;
    try {
      const image = await fetchImage(url, settings.imageDownloadMs);
      if (image) keep(url, image);
      return image;
    } catch {
      return undefined; // no such host, no answer in time, a broken connection: all the same to Slack
    }
  }

  return {
    /** For a message: the image, downloaded unless its bytes are still there. Undefined if that fails. */
    download: async (url: string) => (faults.take({ url }) ? undefined : getOrFetch(url)),
    /** For a modal, which opens before its images are there. Meets no fault. */
    startDownload(url: string): void {
      downloads.set(
        url,
        getOrFetch(url).finally(() => downloads.delete(url)),
      );
    },
    /** For a person who looks at it: the same, of an image that has been downloaded before or is being so. Meets no fault. */
    async load(url: string) {
      await downloads.get(url);
      return known.has(url) ? getOrFetch(url) : undefined;
    },
    /** The image if its bytes are still there. */
    get,
    isKnown: (url: string) => known.has(url),
  };
}

async function fetchImage(url: string, timeoutMs: number): Promise<DownloadedImage | undefined> {
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

/** The file that an image block shows, if there is one that can be shown yet. */
export function findImageFile(context: Context, { slack_file }: ImageElement): SlackFile | undefined {
  const { state, now } = context;
  const file = state.files.get(slack_file?.id ?? '');
  const isReady = file?.isComplete && file.processedAt <= now() && shownTypes.includes(file.mediaType);
  return isReady && isVisibleToApp(context, file) ? file : undefined;
}

/** A new message shares the files that its images show; an update does not. */
export function shareImageFiles(context: Context, blocks: readonly MessageBlock[], channel: string): void {
  for (const { image } of imagesIn(blocks)) findImageFile(context, image)?.sharedIn.add(channel);
}

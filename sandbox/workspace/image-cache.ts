import { imageSize } from '../images/image-size.js';
import { createByteCache } from './byte-cache.js';

export interface ProxiedImage {
  bytes: Buffer;
  mediaType: string;
}

/** What stays known of an image when its bytes are let go. */
interface ImageFacts {
  mediaType: string;
  bytes: number;
  width?: number | undefined;
  height?: number | undefined;
}

/** Images by the whole URL, query included. */
export interface ImageCache {
  /** The image, where its bytes are still there. */
  get(url: string): ProxiedImage | undefined;
  /** Of any image that was ever kept, as far as ten thousand URLs go. */
  factsOf(url: string): ImageFacts | undefined;
  keep(url: string, image: ProxiedImage): void;
}

const cacheBytes = 64 * 2 ** 20;
const rememberedUrls = 10_000;

/** Keeps the bytes of the images used last. */
export function createImageCache(): ImageCache {
  const cache = createByteCache(cacheBytes);
  const known = new Map<string, ImageFacts>();
  return {
    get(url) {
      const modelInfo = known.get(url);
      const bytes = modelInfo && cache.get(url);
      return bytes && { bytes, mediaType: modelInfo.mediaType };
    },
    factsOf: (url) => known.get(url),
    keep(url, { bytes, mediaType }) {
      cache.set(url, bytes);
      known.delete(url);
      known.set(url, { mediaType, bytes: bytes.length, ...imageSize(bytes) });
      for (const oldest of known.keys()) {
        if (known.size <= rememberedUrls) return;
        known.delete(oldest);
      }
    },
  };
}

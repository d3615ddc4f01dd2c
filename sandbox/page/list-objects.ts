import type { SandboxS3 } from '../s3/start-s3.js';
import type { ShownObjects } from './protocol.js';

const shownLimit = 100;

/** The bucket's newest objects. */
export function listObjects(s3: Pick<SandboxS3, 'objects'>, bucket: string): ShownObjects {
  const objects = s3.objects(bucket);
  const byAge = [...objects].sort((one, other) => other.lastModified.getTime() - one.lastModified.getTime());
  return {
    total: objects.length,
    newest: byAge.slice(0, shownLimit).map(({ key, bytes, contentType, lastModified }) => ({
      key,
      size: bytes.length,
      contentType,
      lastModified: lastModified.toISOString(),
    })),
  };
}

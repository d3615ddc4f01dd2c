import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { type Batch, isStored, type StoredImage } from '../core/batch/batch.js';
import type { ImageStore, LinkLife, PreviewFolder, PreviewStore, SheetCell } from '../core/batch/deps.js';
import { compress, drawContactSheet } from './contact-sheet.js';

/** Of a single image, in bytes: what Slack downloads to show it. */
const maxPreviewBytes = 1_000_000;
/** A cell of a sheet is no larger, in pixels. */
const thumbnailSide = 800;
/** Thumbnails of about 100 KB: those of batches that are being drawn. */
const maxThumbnails = 120;
const maxKnown = 2000;

/** Small JPEGs of a batch's images, made when a message first needs them and stored beside the images. */
export function createPreviews(images: ImageStore & PreviewStore) {
  const thumbnails = new Map<string, Promise<Buffer>>();
  const known = new Set<string>();

  const idOf = ({ id }: { id: string }, { number, seed }: Pick<StoredImage, 'number' | 'seed'>) =>
    `${id}/${number}/${seed}`;

  function remember(id: string, thumbnail: Promise<Buffer>): Promise<Buffer> {
    thumbnail.catch(() => thumbnails.delete(id));
    thumbnails.set(id, thumbnail);
    for (const [oldest] of thumbnails) if (thumbnails.size > maxThumbnails) thumbnails.delete(oldest);
    return thumbnail;
  }

  const thumbnailOf = (batch: Batch, image: StoredImage): Promise<Buffer> =>
    thumbnails.get(idOf(batch, image)) ?? remember(idOf(batch, image), images.load(batch, image).then(shrink));

  async function publish(
    folder: PreviewFolder,
    name: string,
    life: LinkLife,
    make: () => Promise<Buffer>,
  ): Promise<string> {
    const id = JSON.stringify([folder, name]);
    if (!known.has(id) && !(await images.hasPreview(folder, name)))
      await images.savePreview(folder, name, await make());
    if (known.size >= maxKnown) known.clear();
    known.add(id);
    return images.signPreview(folder, name, life);
  }

  return {
    /** Saves an image, and keeps a thumbnail for the sheets to come. */
    async save(...[batch, image, bytes, options]: Parameters<ImageStore['save']>): Promise<void> {
      await images.save(batch, image, bytes, options);
      void remember(idOf(batch, image), shrink(bytes));
    },

    /** A link to all images of a batch in one; each state of the batch has a sheet of its own. */
    sheet(batch: Batch, cells: readonly SheetCell[], life: LinkLife): Promise<string> {
      const { workspaceId, channelId, id, settings } = batch;
      const stored = batch.images.filter(isStored);
      const seeds = stored.map(({ number, seed }) => [number, seed]);
      const state = createHash('sha256')
        .update(JSON.stringify([cells, seeds, settings.aspectRatio]))
        .digest('hex')
        .slice(0, 16);
      const folder = stored.length > 0 ? { workspaceId, channelId, id } : { workspaceId }; // empty ones are all alike
      return publish(folder, `sheet-${state}`, life, async () => {
        const filled = cells.map(async (cell) => {
          const image = stored.find(({ number }) => number === cell.number);
          return { ...cell, image: image && (await thumbnailOf(batch, image)) };
        });
        return drawContactSheet(await Promise.all(filled), settings.aspectRatio);
      });
    },

    /** A link to one image as large as it is, as a JPEG of at most 1 MB. */
    single(batch: Batch, image: StoredImage, life: LinkLife): Promise<string> {
      const { workspaceId, channelId, id } = batch;
      const make = async () => compress(await images.load(batch, image), maxPreviewBytes);
      return publish({ workspaceId, channelId, id }, `${image.number}-${image.seed}`, life, make);
    },
  };
}

function shrink(image: Uint8Array): Promise<Buffer> {
  const size = { width: thumbnailSide, height: thumbnailSide, fit: 'inside', withoutEnlargement: true } as const;
  return sharp(image).resize(size).flatten({ background: '#ffffff' }).jpeg({ quality: 88 }).toBuffer();
}
